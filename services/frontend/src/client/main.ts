import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/frame.css'
import '../styles/controls.css'
import '../styles/catalogue.css'
import '../styles/product.css'
import '../styles/basket.css'
import '../styles/checkout.css'
import '../styles/pictures.css'
import '../styles/people.css'
import { addWithoutLeaving } from './add-without-leaving.ts'
import { applyQuantityChanges } from './apply-quantity-changes.ts'
import { sendFormsOnce } from './send-forms-once.ts'
import { showSteppers } from './show-steppers.ts'
import { watchOrder } from './watch-order.ts'

// Every page works without this script; each of these makes one thing quicker.
showSteppers()
addWithoutLeaving()
applyQuantityChanges()
sendFormsOnce()
watchOrder()
