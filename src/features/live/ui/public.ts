/** What other features may use of the screens of live: the only module of this folder that they import. */
export { BackendControl, PipelineControl, SizeControl } from './bar/EngineControls.tsx';
export { ModelControl } from './bar/ModelControl.tsx';
export { SourceControl } from './bar/SourceControl.tsx';
export { StatusLine } from './bar/StatusLine.tsx';
export { ThemeControl } from './bar/ThemeControl.tsx';
export { BackendFacts } from './panel/BackendFacts.tsx';
export { PictureCover, usePictureFacts } from './picture/PictureCover.tsx';
export { LiveProbe } from './picture/PicturePane.tsx';
export { ViewControls } from './picture/ViewControls.tsx';
export { pictureBadge, pictureState } from './picture/picture-state.ts';
export { SessionContext, useSession, useSessionState, useTiming, useView } from './session-context.ts';
