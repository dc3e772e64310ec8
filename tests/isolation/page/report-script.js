const evidence = JSON.parse(document.getElementById('data').textContent)
const panel = document.getElementById('evidence')

const element = (name, text, className = '') => {
  const made = document.createElement(name)
  made.textContent = text
  if (className) made.className = className
  return made
}

function show(button) {
  const { title, sources, cells } = evidence[button.dataset.pair]
  document.querySelector('.cell.chosen')?.classList.remove('chosen')
  button.classList.add('chosen')
  const list = document.createElement('ol')
  for (const { at, expected, observed, attempts, counter, wrong, why, command } of cells) {
    const item = document.createElement('li')
    if (wrong) item.className = 'wrong'
    const line = element('p', '', 'line')
    line.append(
      element('code', at),
      element(
        'span',
        wrong ? `${expected} expected, ${observed} found` : observed,
        `pill ${wrong ? 'wrong' : observed === 'open' ? 'open' : 'denied'}`,
      ),
    )
    const more = document.createElement('details')
    more.append(
      element('summary', why),
      element('p', attempts),
      element('p', counter, 'code'),
      element('code', command, 'command'),
    )
    more.open = wrong
    item.append(line, more)
    list.append(item)
  }
  panel.replaceChildren(element('h3', title), element('p', sources, 'hint'), list)
}

for (const button of document.querySelectorAll('button.cell')) {
  button.addEventListener('mouseenter', () => show(button))
  button.addEventListener('focus', () => show(button))
  button.addEventListener('click', () => show(button))
}
const first = document.querySelector('button.cell.wrong') ?? document.querySelector('button.cell.open')
if (first) show(first)
