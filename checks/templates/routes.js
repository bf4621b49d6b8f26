// routes.js TEMPLATE ENDPOINT: deploys a synthesized template without its functions to the LocalStack at ENDPOINT, sends
// requests of six content types to each route that the gateway answers itself, and exits with 1 unless each answer is 200
// with the CORS header that lets pages read it, or 415.
//
// LocalStack starts functions in Docker only. It does not import gateway responses, so a 415 has no CORS header there.
import { readFile } from "node:fs/promises";
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from "@aws-sdk/client-cloudformation";

const CONTENT_TYPES = [undefined, "application/json", "text/plain", "application/x-www-form-urlencoded", "application/yaml", "a/b"];
const LAMBDA = /^(AWS::Lambda::|AWS::Events::|Custom::)/;
// the licence-free edition of LocalStack has neither
const UNSUPPORTED = /^(AWS::WAFv2::|AWS::ApiGateway::DomainName|AWS::ApiGateway::BasePathMapping|AWS::CloudTrail::)/;
const NO_FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:none";

/** Replaces references to removed resources by text. */
function withoutReferences(node, removed) {
  if (Array.isArray(node)) {
    return node.map((each) => withoutReferences(each, removed));
  }
  if (node === null || typeof node !== "object") {
    return node;
  }
  const target = node.Ref ?? node["Fn::GetAtt"]?.[0];
  if (Object.keys(node).length === 1 && removed.has(target)) {
    return NO_FUNCTION;
  }
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, withoutReferences(value, removed)]));
}

function withoutFunctions(template) {
  const removed = new Set(
    Object.entries(template.Resources)
      .filter(([, resource]) => LAMBDA.test(resource.Type) || UNSUPPORTED.test(resource.Type))
      .map(([id]) => id),
  );
  const resources = {};
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!removed.has(id)) {
      const { DependsOn, DeletionPolicy, UpdateReplacePolicy, ...kept } = resource;
      const dependencies = [DependsOn ?? []].flat().filter((dependency) => !removed.has(dependency));
      resources[id] = { ...kept, ...(dependencies.length > 0 && { DependsOn: dependencies }) };
    }
  }
  for (const resource of Object.values(resources)) {
    if (resource.Type === "AWS::DynamoDB::Table") {
      resource.Properties.DeletionProtectionEnabled = false;
    }
  }
  const api = Object.entries(resources).find(([, resource]) => resource.Type === "AWS::ApiGateway::RestApi");
  return {
    mocks: mocks(api[1].Properties.Body),
    template: {
      ...withoutReferences({ Resources: resources }, removed),
      Outputs: { Api: { Value: { Ref: api[0] } } },
    },
  };
}

/** Returns the routes that the gateway answers itself. */
function mocks(body) {
  return Object.entries(body.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => operation["x-amazon-apigateway-integration"].type === "mock")
      .map(([method]) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{[^}]*\}/g, "x") })),
  );
}

async function walk(base, routes) {
  const faults = [];
  for (const { method, path } of routes) {
    for (const type of CONTENT_TYPES) {
      const response = await fetch(base + path, { method, headers: type ? { "content-type": type } : {} });
      const readable = response.headers.has("access-control-allow-origin");
      if (!(response.status === 200 && readable) && response.status !== 415) {
        faults.push(`${method} ${path} with ${type}: ${response.status} ${(await response.text()).slice(0, 80)}`);
      }
    }
  }
  return faults;
}

/** Stores a text in a bucket of its own, since a template in a request has at most 51,200 bytes, and returns its URL. */
async function upload(bucket, text) {
  for (const [url, body] of [[bucket, undefined], [`${bucket}/template`, text]]) {
    const response = await fetch(url, { method: "PUT", body });
    if (!response.ok) {
      throw new Error(`LocalStack's S3 answers ${response.status}`);
    }
  }
  return `${bucket}/template`;
}

const [file, endpoint] = process.argv.slice(2);
const client = new CloudFormationClient({ endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
const StackName = `facet-routes-${process.pid}`;
const waiting = { client, minDelay: 1, maxDelay: 1, maxWaitTime: 120 };
const { template, mocks: routes } = withoutFunctions(JSON.parse(await readFile(file, "utf8")));
if (routes.length === 0) {
  throw new Error("the template has no mock integration");
}
const bucket = `${endpoint}/${StackName}`;
try {
  const TemplateURL = await upload(bucket, JSON.stringify(template));
  await client.send(new CreateStackCommand({ StackName, TemplateURL, Capabilities: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"] }));
  try {
    await waitUntilStackCreateComplete(waiting, { StackName });
  } catch {
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
    throw new Error(
      `LocalStack can't create the stack:\n${StackEvents.filter((event) => /FAILED/.test(event.ResourceStatus))
        .map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`)
        .join("\n")}`,
    );
  }
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const api = Stacks[0].Outputs.find((output) => output.OutputKey === "Api").OutputValue;
  const faults = await walk(`${endpoint}/restapis/${api}/prod/_user_request_`, routes);
  faults.forEach((fault) => console.error(fault));
  console.log(`gateway: ${routes.length} routes, ${CONTENT_TYPES.length} content types, ${faults.length} wrong answers`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete(waiting, { StackName }).catch(() => console.error(`LocalStack keeps the stack ${StackName}`));
  await fetch(`${bucket}/template`, { method: "DELETE" });
  await fetch(bucket, { method: "DELETE" });
}
