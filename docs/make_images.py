"""Makes the pictures of the README from the running app: `python -m docs.make_images` (needs a Chromium)."""

from pathlib import Path

from tests.browser import VIEWPORT, launch, new_context, open_page, serve, settle

FOLDER = Path(__file__).parent / "images"
PINS = "sematan1=asn_usulan_2&nama1=Usulan ASN&sematan2=rentan_apbd&nama2=Semua rentan oleh APBD"
PICTURES = {
    "simulasi.png": "/?daerah=ponorogo&skenario=gotong_royong&tahun=2026",
    "bandingkan.png": f"/bandingkan?daerah=blora-2027&skenario=gotong_royong&tahun=2029&{PINS}",
    "bauran.png": "/bauran?daerah=blora-2027&skenario=gotong_royong&tahun=2029&tanya.target=30%25",
    "pengaruh.png": "/risiko?daerah=ponorogo&skenario=dbhcht_turun&tahun=2026",
    "tekanan.png": "/risiko?daerah=ponorogo&skenario=dbhcht_turun&tahun=2026",
    "laporan.png": f"/laporan?daerah=blora-2027&skenario=gotong_royong&tahun=2029&{PINS}",
    "presentasi.png": "/presentasi?daerah=blora-2027&skenario=gotong_royong&tahun=2029&tanya.layar=cakupan",
}
TABS = {"tekanan.png": "Uji tekanan"}  # pictures of a tab that is not the first


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    with serve("streamlit_app.py") as server, launch() as browser:
        page = new_context(browser).new_page()
        page.set_viewport_size(VIEWPORT)
        for name, address in PICTURES.items():
            open_page(page, server.url + address)
            if name in TABS:
                page.get_by_role("tab", name=TABS[name]).click()
                settle(page)
            page.screenshot(path=FOLDER / name)
            print(FOLDER / name)
        _own_district(page, server.url)


def _own_district(page, url: str) -> None:
    """The page Data daerah with a copy of a region at its groups of workers."""
    open_page(page, f"{url}/data")
    page.get_by_role("combobox", name="Salin dari").click()
    page.get_by_role("option", name="Kabupaten Ponorogo").click()
    page.get_by_text("Kosongkan angkanya").click()
    settle(page)
    page.get_by_role("button", name="Salin dan ubah").click()
    settle(page)
    page.get_by_text("2 Kelompok pekerja").click()
    settle(page, 800)
    page.screenshot(path=FOLDER / "data.png")
    print(FOLDER / "data.png")


if __name__ == "__main__":
    main()
