import { SessionGate } from '../shared/session.tsx'

export function Screen() {
  return <SessionGate face="screen">{null}</SessionGate>
}
