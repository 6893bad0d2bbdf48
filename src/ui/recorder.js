// Records a voice message into the file field of its form. Without it, the same field takes a file of the phone's own recorder.
for (const box of document.querySelectorAll('[data-recorder]')) {
  const form = box.closest('form');
  const field = form?.querySelector('input[type=file]');
  const [start, stop] = box.querySelectorAll('button');
  const said = box.querySelector('[role=status]');
  const listen = box.querySelector('audio');
  if (!(box instanceof HTMLElement) || !(field instanceof HTMLInputElement) || !start || !stop) continue;
  if (!(said instanceof HTMLElement) || !listen || !window.MediaRecorder || !navigator.mediaDevices) continue;
  box.hidden = false;
  stop.hidden = true;

  let recorder;
  let heard = '';
  let recording = false;
  let send;
  const show = (running) => {
    start.hidden = running;
    stop.hidden = !running;
    (running ? stop : start).focus();
  };

  const record = (stream) => {
    const parts = [];
    recorder = new MediaRecorder(stream, { audioBitsPerSecond: 32000 });
    const late = setTimeout(() => recorder.stop(), Number(box.dataset.seconds) * 1000);
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = () => {
      clearTimeout(late);
      for (const track of stream.getTracks()) track.stop();
      const type = recorder.mimeType.split(';')[0];
      const carrier = new DataTransfer();
      carrier.items.add(new File(parts, 'message.' + (type.split('/')[1] || 'webm'), { type }));
      field.files = carrier.files;
      URL.revokeObjectURL(heard);
      heard = URL.createObjectURL(carrier.files[0]);
      listen.src = heard;
      listen.hidden = false;
      said.textContent = said.dataset.ready;
      show(false);
      recording = false;
      send?.();
      send = undefined;
    };
    recorder.start();
    recording = true;
    said.textContent = said.dataset.recording;
    show(true);
  };
  const refused = () => {
    said.textContent = said.dataset.refused;
  };

  // One at a time: the browser may ask about the microphone for long.
  let beginning = false;
  start.addEventListener('click', () => {
    if (beginning) return;
    beginning = true;
    navigator.mediaDevices
      .getUserMedia({ audio: true })
      .then(record)
      .catch(refused)
      .finally(() => (beginning = false));
  });
  const end = () => recorder?.state === 'recording' && recorder.stop();
  stop.addEventListener('click', end);

  // Sent while it records: what was said goes along. The browser needs a moment to hand it over.
  form.addEventListener('submit', (event) => {
    if (!recording) return;
    event.preventDefault();
    const { submitter } = event;
    send = () => (submitter ? submitter.click() : form.submit());
    end();
  });
}
