// @peculiar/x509 is loaded by a container that asks for this proposal of the language and, as it uses it, is content
// with the answer that nothing was noted.
Object.assign(Reflect, {
  getMetadata: () => undefined,
  getOwnMetadata: () => undefined,
  defineMetadata: () => undefined,
});
