"""How a presentation looks, and the keys that turn its screens."""

CSS = """
<style>
header[data-testid="stHeader"], section[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"],
[data-testid="stExpandSidebarButton"] {display: none !important;}
[data-testid="stMainBlockContainer"] {padding: .9rem 1.8rem .5rem; max-width: none;}
[data-testid="stLayoutWrapper"]:has(> .st-key-layar) {height: calc(100dvh - 2.9rem); flex: none !important;}
.st-key-layar {height: 100%;}
.st-key-layar, .st-key-layar_isi, .st-key-layar_kiri {gap: .5rem !important;}
[data-testid="stLayoutWrapper"]:has(> .st-key-layar_isi) {flex: 1 1 0 !important; min-height: 0;}
.st-key-layar_isi {height: 100%; flex-wrap: nowrap !important; gap: 2rem !important;}
[data-testid="stLayoutWrapper"]:has(> .st-key-layar_kiri) {flex: 1 1 0 !important; min-width: 0; height: 100%;}
.st-key-layar_kiri {height: 100%; overflow: hidden;}
[data-testid="stLayoutWrapper"]:has(> .st-key-layar_gambar) {flex: 1 1 0 !important; min-height: 0;}
.st-key-layar_gambar {height: 100% !important; overflow: hidden;}
[data-testid="stLayoutWrapper"]:has(> .st-key-layar_parameter) {flex: 0 0 clamp(240px, 21vw, 400px) !important;
  height: 100%;}
.st-key-layar_parameter {overflow-y: auto; overflow-x: hidden; padding: 0 .6rem; justify-content: center;
  gap: .2rem !important;}
.st-key-layar_parameter [data-testid="stWidgetLabel"] p {font-size: max(17px, 1.25vw); font-weight: 600;}
.st-key-layar_parameter [data-testid="stWidgetLabel"] {margin-bottom: .75vw;}
.st-key-layar_parameter [data-testid="stSliderThumbValue"] {font-size: max(16px, 1.2vw);}
.st-key-layar_parameter .beli {font-size: max(15px, 1.1vw); opacity: .85; margin: -.3rem 0 .6rem;}
.layar-tanya {font-size: max(34px, 2.6vw); font-weight: 700; line-height: 1.15; margin: 0; padding: 0;}
.layar-jawab {font-size: max(24px, 1.76vw); line-height: 1.28; margin: 0; text-wrap: pretty;
  border-left: .3rem solid #0b5c85; padding: .1rem 0 .1rem .9rem;}
.layar-angka {display: grid; grid-template-columns: repeat(2, 1fr); gap: max(14px, 1.2vw);}
.layar-angka > div {border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem;
  padding: max(8px, .7vw) max(14px, 1.1vw);}
.layar-angka .nama {font-size: max(18px, 1.35vw);}
.layar-angka .nilai {font-size: max(42px, 3.3vw); font-weight: 700; line-height: 1.15; white-space: nowrap;}
.layar-angka .ubah-ini {font-size: max(22px, 1.6vw); font-weight: 600; line-height: 1.25;}
.layar-angka .naik {color: color-mix(in srgb, #0f9d4f 62%, currentColor);}
.layar-angka .turun {color: color-mix(in srgb, #e5383f 62%, currentColor);}
.layar-angka .beda {font-size: max(17px, 1.25vw); opacity: .85;}
.layar-kata {font-size: max(19px, 1.4vw) !important; line-height: 1.35; opacity: .9; margin: .7rem 0 0;}
.layar-putusan {display: grid; grid-template-columns: auto 1fr auto; font-size: max(20px, 1.5vw); line-height: 1.3;}
.layar-putusan > div {padding: .45rem 1.2rem .45rem 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);}
.layar-putusan > div:nth-last-child(-n+3) {font-weight: 650; border-bottom: 0;}
.layar-putusan .siapa-bayar {font-weight: 650; max-width: 18vw;}
.layar-putusan .berapa {white-space: nowrap; text-align: right; padding-right: 0;}
.st-key-layar .legenda {font-size: max(17px, 1.25vw);}
.st-key-layar .legenda i {width: 44px; height: 4px;}
.layar-kaki {font-size: max(13px, .95vw); line-height: 1.3; opacity: .75;}
.st-key-layar_bawah {align-items: center; flex-wrap: nowrap !important; gap: .4rem !important;}
.st-key-layar_bawah button {min-height: 0; padding: .05rem .6rem; opacity: .75;}
.st-key-layar_bawah button p {font-size: max(15px, 1.05vw); line-height: 1.4;}
.st-key-layar_bawah button:hover, .st-key-layar_bawah button:focus-visible {opacity: 1;}
.layar-nomor {font-size: max(15px, 1.05vw); white-space: nowrap; font-variant-numeric: tabular-nums;}
.st-key-layar_tombol {position: absolute; width: 0; height: 0; overflow: hidden;}
@media (max-width: 760px) {
  [data-testid="stMainBlockContainer"] {padding: .6rem .8rem 1rem;}
  [data-testid="stLayoutWrapper"]:has(> .st-key-layar) {height: auto;}
  .layar-tanya {font-size: 26px;}
  .layar-jawab {font-size: 18px;}
  .st-key-layar_isi {flex-direction: column !important; height: auto;}
  [data-testid="stLayoutWrapper"]:has(> .st-key-layar_isi), [data-testid="stLayoutWrapper"]:has(> .st-key-layar_kiri),
  [data-testid="stLayoutWrapper"]:has(> .st-key-layar_parameter) {flex: none !important; width: 100%; height: auto;}
  [data-testid="stLayoutWrapper"]:has(> .st-key-layar_gambar) {flex: none !important; height: 330px;}
  .layar-angka .nilai {font-size: 24px;}
  .layar-angka .nama, .layar-angka .beda {font-size: 14px;}
  .layar-angka .ubah-ini {font-size: 16px;}
  .layar-putusan {grid-template-columns: 1fr; font-size: 16px;}
  .layar-putusan .siapa-bayar {max-width: none; border: 0; padding-bottom: 0;}
  .layar-putusan > div {padding: .2rem 0;}
  .layar-putusan .berapa {text-align: left;}
  .layar-putusan > div:nth-child(3n+2) {border: 0;}
  .st-key-layar_bawah {flex-wrap: wrap !important;}
}
</style>
"""

# Keys turn the screens unless something on the screen needs them: what is typed into, an open list, a slider (its
# arrows), a button (its space bar). Page Up and Page Down are what a presenter's clicker sends, so they turn the
# screens wherever the focus is. Quick presses add up though the server is still drawing.
KEYS = """
export default function (component) {
  const { data, setTriggerValue, parentElement } = component;
  const kept = (window.layarTombol ??= { wanted: null, at: 0, heard: false });
  Object.assign(kept, { data, parentElement, send: setTriggerValue });
  if (kept.wanted === data.screen) kept.wanted = null;
  if (kept.heard) return;
  kept.heard = true;
  const ways = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
  const typing = "textarea, select, [contenteditable=true], input:not([type=range], [type=checkbox], [type=radio])";
  document.addEventListener("keydown", event => {
    if (!kept.parentElement.isConnected || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
    const on = event.composedPath()[0];
    const is = what => on instanceof Element && on.closest(what) !== null;
    if (is(typing) || document.querySelector("[role=listbox], [role=dialog]")) return;
    if (event.key === "Escape") {
      event.preventDefault();
      kept.send("out", true);
      return;
    }
    const way = ways[event.key];
    if (way === undefined) return;
    if (event.key.startsWith("Arrow") && is("input[type=range], [role=slider]")) return;
    if (event.key === " " && is("button, a, summary, [role=button], [role=switch], input")) return;
    event.preventDefault();
    event.stopPropagation();
    const soon = performance.now() - kept.at < 1500 && kept.wanted !== null;
    const from = soon ? kept.wanted : kept.data.screen;
    const to = Math.min(Math.max(from + way, 0), kept.data.count - 1);
    if (to === from) return;
    Object.assign(kept, { wanted: to, at: performance.now() });
    if (document.activeElement && document.activeElement !== document.body) document.activeElement.blur();
    kept.send("turn", to);
  }, true);
}
"""
