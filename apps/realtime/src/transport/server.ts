import {
  App,
  type TemplatedApp,
  type us_listen_socket,
  us_listen_socket_close,
  us_socket_local_port,
} from 'uWebSockets.js';

/** A server that listens. */
export interface Server {
  readonly port: number;
  /** Takes no more connections. */
  stopListening(): void;
  /** Cuts what is still open. */
  close(): void;
}

/** LIBUS_LISTEN_EXCLUSIVE_PORT: without it two servers could share a port by mistake. */
const alone = 1;

declare module 'uWebSockets.js' {
  interface TemplatedApp {
    /** It takes options with a host too, which its types forgot. */
    listen(
      host: string,
      port: number,
      options: number,
      opened: (listening: us_listen_socket | false) => void,
    ): TemplatedApp;
  }
}

/** Opens the port. `serve` adds the routes. @throws when the port is taken. */
export async function openServer(
  host: string,
  port: number,
  serve: (app: TemplatedApp) => void,
): Promise<Server> {
  const app = App();
  serve(app);
  const socket = await new Promise<us_listen_socket>((resolve, reject) => {
    const opened = (listening: us_listen_socket | false) => {
      if (listening) resolve(listening);
      else reject(new Error(`realtime cannot listen on ${host}:${port}: is the port taken?`));
    };
    app.listen(host, port, alone, opened);
  });
  let listening = true;
  const stopListening = () => {
    if (listening) us_listen_socket_close(socket);
    listening = false;
  };
  return {
    port: us_socket_local_port(socket),
    stopListening,
    close: () => {
      stopListening();
      app.close();
    },
  };
}
