// Knows: how to make TypeScript of the contract's schemas without the two things that json-schema-to-typescript would spoil:
// it numbers a type anew (Count1, Count2 ...) wherever a $ref has a description beside it, and it knows no readonly arrays.
// So each schema is compiled alone, and what it refers to stands in it as ready TypeScript (that tool's `tsType`).

import { compile } from "json-schema-to-typescript";

/** TypeScript for the items of an array: a name, a union of literals or a primitive. */
const itemType = (items, nameOf) => {
  const name = nameOf(items);
  if (name !== undefined) return name;
  return items.enum === undefined ? items.type : `(${items.enum.map((value) => JSON.stringify(value)).join(" | ")})`;
};

/** `schema` with names in place of references and of schemas that `nameOf` knows. */
const withNames = (schema, nameOf) => {
  const described = (tsType) =>
    schema.description === undefined ? { tsType } : { tsType, description: schema.description };
  const name = nameOf(schema);
  if (name !== undefined) return described(name);
  if (schema.type === "array") return described(`readonly ${itemType(schema.items, nameOf)}[]`);
  const inner = (child) => withNames(child, nameOf);
  const result = { ...schema };
  if (schema.oneOf !== undefined) result.oneOf = schema.oneOf.map(inner);
  if (schema.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, value]) => [key, inner(value)]),
    );
  }
  return result;
};

const typeSource = (name, schema) => compile({ ...schema, title: name }, name, { bannerComment: "" });

/**
 * TypeScript source with one exported type for each named schema, and `EngineRecord`, the union of the records.
 * `named`: name -> { schema, pointer }, `records`: [{ name }], both as build/schemas.mjs reads them.
 */
export const buildTypes = async (named, records) => {
  const nameByPointer = new Map([...named].map(([name, { pointer }]) => [pointer, name]));
  const pending = new Map(
    [...named].map(([name, { schema, pointer }]) => [name, { schema, file: pointer.split("#")[0] }]),
  );
  const union = records.map(({ name }) => name).join(" | ");
  const sources = [
    await typeSource("EngineRecord", { description: "Any line that the engine prints.", tsType: union }),
  ];
  for (const [name, { schema, file }] of pending) {
    // A Map also visits what is added while it is walked: so schemas titled in place get a type of their own.
    const nameOf = (child) => {
      if (child.$ref !== undefined)
        return nameByPointer.get(child.$ref.startsWith("#") ? file + child.$ref : child.$ref);
      if (child.title !== undefined) pending.set(child.title, { schema: child, file });
      return child.title;
    };
    const { title, ...untitled } = schema;
    sources.push(await typeSource(name, withNames(untitled, nameOf)));
  }
  return sources.join("\n");
};
