// Makes photos that are too heavy smaller before they leave. Without it, or where a browser cannot, they go as they are and are answered.
for (const field of document.querySelectorAll('input[data-largest]')) {
  const { form } = field;
  const largest = Number(field.dataset.largest);
  const tooHeavy = (file) => file.size > largest && /^image\/(jpeg|png)$/.test(file.type);

  const drawn = async (file) => {
    const photo = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d');
    for (let side = 2400; side >= 600; side /= 2) {
      const scale = Math.min(1, side / Math.max(photo.width, photo.height));
      canvas.width = Math.round(photo.width * scale);
      canvas.height = Math.round(photo.height * scale);
      // What was see-through is white, as it is on paper.
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(photo, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
      if (blob && blob.size <= largest)
        return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: blob.type });
    }
    return file;
  };

  let drawing = false;
  form.addEventListener('submit', async (event) => {
    const files = [...field.files];
    if (!files.some(tooHeavy)) return;
    event.preventDefault();
    if (drawing) return;
    drawing = true;
    try {
      const carrier = new DataTransfer();
      for (const file of files) carrier.items.add(tooHeavy(file) ? await drawn(file).catch(() => file) : file);
      field.files = carrier.files;
    } finally {
      drawing = false;
      form.submit();
    }
  });
}
