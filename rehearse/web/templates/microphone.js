// The microphone, sample for sample: no echo canceller, no gate, no automatic gain.
const BLOCKS = 10; // a second
const MOST_CHANNELS = 2;
const WAITING = 1000; // pieces of 10 ms: a page that is busy for less than ten seconds loses nothing
const RESUMING = 3000; // milliseconds; Firefox without a sound output never resumes
const FLOOR = -50; // dBFS: a quiet room, as in the terminal's meter
const WHY = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", OverconstrainedError: "missing" };

export class Microphone {
  constructor() {
    this.onBlock = null; // (samples, rate, channels)
    this.onLevel = null; // 0 to 1
    this.onEnd = null; // (why)
    this.device = "";
    this.parts = [];
    this.frames = 0;
    this.format = "";
  }

  get isOpen() {
    return this.track?.readyState === "live";
  }

  // Rejects with one of the words of `ear.WHY`.
  async open(device = this.device) {
    this.close();
    this.device = device;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: {
          deviceId: device ? { exact: device } : undefined,
          channelCount: { ideal: 1 },
          echoCancellation: false,
          noiseSuppression: false,
          autoGainControl: false,
        },
      });
    } catch (error) {
      throw WHY[error.name] ?? "busy";
    }
    if (turn !== this.turn) return stream.getTracks().forEach((track) => track.stop()); // opened anew since
    this.stream = stream;
    const [track] = stream.getAudioTracks();
    this.track = track;
    track.onended = () => this.ended(track);
    if (window.MediaStreamTrackProcessor) this.read(track);
    else await this.listen(track);
  }

  close() {
    this.flush();
    this.stream?.getTracks().forEach((track) => track.stop());
    this.context?.close();
    this.track = this.stream = this.context = null;
  }

  ended(track) {
    if (track !== this.track) return;
    this.close();
    this.onEnd?.("ended");
  }

  // The track itself gives all of its samples, at its own rate.
  async read(track) {
    const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: WAITING }).readable.getReader();
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ done: true }));
      if (done) return this.ended(track);
      if (track !== this.track) return value.close();
      const channels = [];
      for (let plane = 0; plane < Math.min(value.numberOfChannels, MOST_CHANNELS); plane += 1) {
        const samples = new Float32Array(value.numberOfFrames);
        value.copyTo(samples, { planeIndex: plane, format: "f32-planar" });
        channels.push(samples);
      }
      const rate = value.sampleRate;
      value.close();
      this.take(channels, rate);
    }
  }

  // Elsewhere a worklet hears them; "playback" makes its buffers long enough to lose none.
  async listen(track) {
    const context = new AudioContext({ latencyHint: "playback" });
    this.context = context;
    await context.audioWorklet.addModule(new URL("capture.js", import.meta.url));
    const node = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }) => {
      if (track === this.track) this.take(data.slice(0, MOST_CHANNELS), context.sampleRate);
    };
    context.createMediaStreamSource(this.stream).connect(node);
    await Promise.race([context.resume(), new Promise((done) => setTimeout(done, RESUMING))]);
    if (context.state !== "running") throw "busy";
  }

  take(channels, rate) {
    const format = `${rate} ${channels.length}`;
    if (format !== this.format) this.flush();
    this.format = format;
    this.parts.push(channels);
    this.frames += channels[0].length;
    if (this.frames >= rate / BLOCKS) this.flush();
  }

  // Hand on what has gathered.
  flush() {
    if (!this.frames) return;
    const [rate, count] = this.format.split(" ").map(Number);
    const samples = new Int16Array(this.frames * count);
    let place = 0;
    let peak = 0;
    for (const channels of this.parts) {
      for (let frame = 0; frame < channels[0].length; frame += 1) {
        for (const channel of channels) {
          const value = Math.max(-32768, Math.min(32767, Math.round(channel[frame] * 32768)));
          samples[place] = value;
          place += 1;
          peak = Math.max(peak, Math.abs(value));
        }
      }
    }
    this.parts = [];
    this.frames = 0;
    const level = peak ? 20 * Math.log10(peak / 32768) : FLOOR;
    this.onLevel?.(Math.max(0, 1 - level / FLOOR));
    this.onBlock?.(samples, rate, count);
  }
}

export async function devices() {
  const found = await navigator.mediaDevices.enumerateDevices();
  return found.filter((device) => device.kind === "audioinput");
}
