import { router } from '../trpc.ts';
import { checkSeatMapFile } from './check-seat-map-file.ts';
import { getSeatMapToEdit } from './get-seat-map-to-edit.ts';
import { saveSeatMap } from './save-seat-map.ts';

export const seatMapRouter = router({
  get: getSeatMapToEdit,
  readFile: checkSeatMapFile,
  save: saveSeatMap,
});
