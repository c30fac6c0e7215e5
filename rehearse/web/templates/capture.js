// Hands on every sample that the microphone gives, where a page may not read its track itself.
class Capture extends AudioWorkletProcessor {
  process([channels]) {
    if (channels.length) this.port.postMessage(channels.map((channel) => channel.slice()));
    return true;
  }
}
registerProcessor("capture", Capture);
