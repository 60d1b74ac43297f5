export type {
  Numbering,
  SeatCategory,
  SeatMapDocument,
  SeatMapLabel,
  SeatMarks,
  SeatRow,
  SeatSection,
  SeatTable,
  StandingBlock,
} from './document.ts';
