/** keytar is optional and may be absent where its types would be read: the part that is used. */
declare module 'keytar' {
  const keytar: {
    getPassword(service: string, account: string): Promise<string | null>;
    setPassword(service: string, account: string, password: string): Promise<void>;
    findCredentials(service: string): Promise<{ account: string; password: string }[]>;
    deletePassword(service: string, account: string): Promise<boolean>;
  };
  export default keytar;
}
