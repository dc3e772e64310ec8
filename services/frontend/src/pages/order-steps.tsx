const steps = ['Order received', 'Goods set aside', 'Paid', 'Ready to be sent']

/** @param reached the index of the last step that is done */
export function OrderSteps({ reached }: { reached: number }) {
  return (
    <ol className="steps" aria-label="Progress of the order">
      {steps.map((step, i) => (
        <li
          key={step}
          className={i <= reached ? 'step step-done' : 'step'}
          aria-current={i === reached ? 'step' : undefined}
        >
          {step}
          <span className="visually-hidden">{i <= reached ? ', done' : ', still to come'}</span>
        </li>
      ))}
    </ol>
  )
}
