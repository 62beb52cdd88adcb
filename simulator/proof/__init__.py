"""Why the model can be believed: what is checked live on the page Uji model."""
