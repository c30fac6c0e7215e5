import { sample } from "./voice.js";

document.getElementById("sample").onclick = sample;
