// Two clicks: the player of another site is loaded when somebody asks for it, never before.
function play(box) {
  const frame = document.createElement("iframe");
  frame.className = "player__frame";
  frame.title = box.dataset.playerTitle;
  frame.allow = "fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  // Some players refuse to work where they do not learn which site shows them.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = box.dataset.player;
  box.replaceChildren(frame);
  frame.focus();
}
for (const box of document.querySelectorAll("[data-player]")) {
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => play(box));
}
