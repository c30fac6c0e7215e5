// The socket to the program. What was not acknowledged is sent again after it was lost, in order.
const HEAD = 16;
const MOST_UNKEPT = 8 << 20; // bytes of sound that wait for the disk: more than a lost page can hold
const MOST_TEXTS = 20;
const RETRIES = [100, 200, 400, 800, 1000]; // milliseconds
const GIVES_UP = 60; // tries
export const TAKEN_OVER = 4001;
const NOT_OURS = 4002;
const ENDED = [1001, 1012];

const fresh = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Line {
  constructor(onMessage, onState) {
    this.page = fresh(); // a page that is loaded again counts its blocks from 0, under a new name
    this.onMessage = onMessage;
    this.onState = onState; // "open", "lost", "unanswered", "ended", "replaced", "refused"
    this.texts = [];
    this.forget();
    this.tries = 0;
    this.connect();
  }

  connect() {
    const address = new URL(`line?page=${this.page}`, location.href);
    address.protocol = "ws:";
    this.socket = new WebSocket(address);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => this.opened();
    this.socket.onmessage = (event) => this.received(JSON.parse(event.data));
    this.socket.onclose = (event) => this.closed(event.code);
  }

  get isOpen() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  opened() {
    this.tries = 0;
    for (const block of this.unkept) this.socket.send(block.frame);
    for (const text of this.texts.splice(0)) this.socket.send(text);
    this.onState("open");
  }

  received(message) {
    if (message.kind === "kept") this.kept(message);
    else this.onMessage(message);
  }

  closed(code) {
    if (code === TAKEN_OVER) return this.onState("replaced");
    if (code === NOT_OURS) return this.onState("refused");
    if (ENDED.includes(code)) return this.onState("ended");
    this.tries += 1;
    this.onState(this.tries > 4 ? "unanswered" : "lost");
    const wait = RETRIES[Math.min(this.tries, RETRIES.length) - 1];
    if (this.tries <= GIVES_UP) setTimeout(() => this.connect(), wait);
  }

  say(message) {
    const text = JSON.stringify(message);
    if (this.isOpen) this.socket.send(text);
    else if (this.texts.length < MOST_TEXTS) this.texts.push(text);
  }

  // Int16 samples, interleaved. False where no more can wait.
  sound(ear, samples, rate, channels) {
    if (ear !== this.ear) {
      this.forget();
      this.ear = ear;
    }
    if (this.waiting > MOST_UNKEPT) return false;
    const frame = new ArrayBuffer(HEAD + samples.byteLength);
    const head = new DataView(frame);
    [ear, this.number, rate].forEach((value, place) => head.setUint32(4 * place, value, true));
    head.setUint16(12, channels, true);
    new Int16Array(frame, HEAD).set(samples); // every machine that runs a browser is little-endian
    this.unkept.push({ number: this.number, frame });
    this.waiting += frame.byteLength;
    this.number += 1;
    if (this.isOpen) this.socket.send(frame);
    return true;
  }

  kept({ page, ear, block }) {
    if (page !== this.page || ear !== this.ear) return;
    while (this.unkept.length && this.unkept[0].number <= block) this.waiting -= this.unkept.shift().frame.byteLength;
  }

  // The answer is over: nothing of it is sent again.
  forget() {
    this.ear = 0;
    this.number = 0;
    this.unkept = [];
    this.waiting = 0;
  }
}
