// Which inputs moved the chosen entity's next forecast: asked for by a click, since it costs the server some milliseconds.
import {number} from './format.js';

const SHOWN = 5;
const words = input => input.replaceAll('-', ' ');
const signed = value => `${value < 0 ? '−' : '+'}${number(Math.abs(value))}`;

export class Why {
  constructor(chosen) {
    this.chosen = chosen;
    this.node = document.getElementById('why');
    document.getElementById('why-ask').addEventListener('click', () => this.ask());
  }

  hide() {
    this.node.hidden = true;
  }

  async ask() {
    const name = this.chosen();
    if (!name) return;
    const response = await fetch(`api/v1/explanations/${encodeURIComponent(name)}`).catch(() => null);
    if (name !== this.chosen()) return;
    this.node.textContent = response?.ok ? this.text(await response.json()) : 'There is no forecast to explain yet.';
    this.node.hidden = false;
  }

  text({forecast, level, effects}) {
    const shown = effects.slice(0, SHOWN);
    const others = effects.slice(SHOWN).reduce((sum, each) => sum + each.effect, 0);
    const parts = shown.map(each => `${words(each.input)} ${signed(each.effect)}`);
    return `Next step ${number(forecast)}: at the level ${number(level)}, ${parts.join(', ')}, all else ${signed(others)}.`;
  }
}
