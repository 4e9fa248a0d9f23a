// Gradio's sign that a page is being put together counts its seconds with every frame, and goes on when it has
// gone (Gradio 6.31): a tenth of a core for a page that nobody uses. What only reads the clock gets no frame.
{
  const next = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    String(callback).includes("performance.now()") ? 0 : next(callback);
}
