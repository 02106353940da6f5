// Small line drawings.
function prepare(canvas) {
  const scale = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  const pen = canvas.getContext('2d');
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  return {pen, width, height};
}

/** Draws lines of equal length on one scale; each {values, color, width, dot}. Gaps are null. */
export function lines(canvas, all) {
  const {pen, width, height} = prepare(canvas);
  const known = all.flatMap(line => line.values).filter(Number.isFinite);
  if (known.length < 2 || width === 0) return;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  for (const line of all) {
    const count = line.values.length;
    const x = i => 2 + i * (width - 5) / Math.max(1, count - 1);
    const y = value => height - 2.5 - (value - low) / span * (height - 5);
    pen.beginPath();
    let drawing = false;
    line.values.forEach((value, i) => {
      if (!Number.isFinite(value)) { drawing = false; return; }
      if (drawing) pen.lineTo(x(i), y(value)); else pen.moveTo(x(i), y(value));
      drawing = true;
    });
    pen.strokeStyle = line.color;
    pen.lineWidth = line.width ?? 1.25;
    pen.lineJoin = 'round';
    pen.stroke();
    const last = line.values[count - 1];
    if (line.dot && Number.isFinite(last)) {
      pen.beginPath();
      pen.arc(x(count - 1), y(last), 2.2, 0, 2 * Math.PI);
      pen.fillStyle = line.dot;
      pen.fill();
    }
  }
}
