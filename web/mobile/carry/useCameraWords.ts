import type { CameraWords } from '../../shared/code/Camera.tsx'
import { useT } from '../../shared/i18n.ts'

/** What the phone says about its camera, wherever it reads codes. */
export function useCameraWords(): CameraWords {
  const t = useT()
  return {
    name: t('mobile.carry.camera'),
    ASKING: t('mobile.carry.cameraAsking'),
    DENIED: t('mobile.carry.cameraDenied'),
    NONE: t('mobile.carry.cameraNone'),
    BUSY: t('mobile.carry.cameraBusy'),
  }
}
