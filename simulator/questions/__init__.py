"""One module a question: each takes runs of the model and gives figures, frames or sentences in Indonesian."""
