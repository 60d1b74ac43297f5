import { router } from '../trpc.ts';
import { erase } from './erase-person.ts';
import { exportPerson } from './export-person.ts';
import { listRetention, setRetention } from './keep-people.ts';
import { searchPeople } from './search-people.ts';

export const personRouter = router({
  search: searchPeople,
  export: exportPerson,
  erase,
  retention: listRetention,
  setRetention,
});
