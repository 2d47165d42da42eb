/** The outline icons of the phone, one set: 24 × 24, one stroke, decoration only. The words beside them carry the meaning. */
const paths = {
  home: 'M4 11.2 12 4.5l8 6.7V20h-5.2v-5.4H9.2V20H4z',
  people:
    'M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11Zm-6 8.6c0-3.3 2.7-5.6 6-5.6s6 2.3 6 5.6M15.6 4.9a3.2 3.2 0 0 1 0 5.9m2.2 3.6c2 .8 3.2 2.7 3.2 5.2',
  person: 'M12 11.4a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4ZM4.8 20c0-3.8 3.2-6.2 7.2-6.2s7.2 2.4 7.2 6.2',
  back: 'M14.5 5 7.5 12l7 7',
  forward: 'm9.5 5 7 7-7 7',
  down: 'm5 9.5 7 7 7-7',
  close: 'm6 6 12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  up: 'm5 14.5 7-7 7 7',
  speak: 'M4.5 9.5v5h3.3l4.7 4V5.5l-4.7 4zm11.2-1a5 5 0 0 1 0 7m2.6-9.6a8.6 8.6 0 0 1 0 12.2',
  code: 'M4.5 4.5h5.6v5.6H4.5zm9.4 0h5.6v5.6h-5.6zm-9.4 9.4h5.6v5.6H4.5zm9.4 0h2.2v2.2h-2.2zm3.4 3.4h2.2v2.2h-2.2z',
  list: 'M9 6.5h10.5M9 12h10.5M9 17.5h10.5M4.8 6.5h.4m-.4 5.5h.4m-.4 5.5h.4',
  write: 'M5 19l.9-4L16 4.9l3.1 3.1L9 18.1zm8.6-11.7 3.1 3.1',
} as const

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
