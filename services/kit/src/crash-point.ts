/**
 * A step between two effects, where a process may die and nothing may be lost. Does nothing: no image has code that ends a
 * process on request. `npm run test:chaos` mounts tests/chaos/crash-point.ts over this file.
 *
 * @param _name of the two effects it lies between, such as `after-charge-before-record`
 */
export function crashPoint(_name: string): void | Promise<void> {}
