import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "almq";
import { serverAddress, withoutPassword } from "../../lib/runtime/serverAddress";

const read = (text: string) => serverAddress(text, ["http:"], "an address", "track");

test("serverAddress(text) reads name and password in plain letters", () => {
  const { url, name, password } = read("http://me:a%40b@host:5000/path");
  assert.deepEqual([url.host, url.pathname, name, password], ["host:5000", "/path", "me", "a@b"]);
  assert.deepEqual([read("http://host").name, read("http://host").password], ["", ""]);
});

test("serverAddress(text) refuses what is no such address, and keeps its password to itself", () => {
  for (const text of ["", "host", "host:5000", "ftp://host", "http://", "http://me:50%@host"]) assert.throws(() => read(text), InputError, text);
  for (const text of ["ftp://me:secret@host", "me:secret@host:5000", "http://me:secret@host:port", "http://me:sec%ret@host"])
    assert.throws(() => read(text), (error: Error) => !/secret|sec%ret/.test(error.message) && error.message.includes("me:…@host"), text); // prettier-ignore
});

test("withoutPassword(text) leaves an address that has none as it is", () => {
  for (const text of ["redis://host:6379/2", "redis://me@host", "host:1", ""]) assert.equal(withoutPassword(text), text);
  assert.equal(withoutPassword("redis://:a:b@host"), "redis://:…@host");
});
