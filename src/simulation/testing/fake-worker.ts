import { expose } from 'comlink';
import type { Simulator } from '../../../workers/contract.ts';

/** A worker's outside, with a message channel in place of a thread. */
export class FakeWorker extends EventTarget implements Worker {
  onmessage = null;
  onmessageerror = null;
  onerror = null;
  terminated = false;
  private readonly port: MessagePort;

  constructor(service: Partial<Simulator>) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = (message: MessageEvent) => this.dispatchEvent(new MessageEvent('message', { data: message.data }));
    expose(service, port2);
  }

  postMessage(message: unknown, transfer: Transferable[] | StructuredSerializeOptions = []): void {
    if (!this.terminated) this.port.postMessage(message, Array.isArray(transfer) ? transfer : (transfer.transfer ?? []));
  }

  terminate(): void {
    this.terminated = true;
    this.port.close();
  }

  crash(): void {
    this.dispatchEvent(new Event('error'));
  }
}
