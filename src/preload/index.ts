import { contextBridge, ipcRenderer } from 'electron';
import { createClient } from '../contract/client.ts';
import { contract } from '../contract/index.ts';
import { ipcLink } from './ipc-link.ts';

contextBridge.exposeInMainWorld('hopscope', createClient(contract, ipcLink(ipcRenderer, crypto.randomUUID())));
