// permissions.js TEMPLATE...: evaluates the policies of each function's role with an IAM simulator, both ways, against the
// calls that RecordedCallsIT recorded in calls.json. Each recorded call of the function must be allowed, and none that only
// other functions make; and each permission must be needed by a recorded call. Exits with 1 otherwise.
import { readFile } from "node:fs/promises";
import { runSimulation } from "@cloud-copilot/iam-simulate";

const REGION = "ap-southeast-2";
const ACCOUNT = "111122223333";

const PSEUDO = { "AWS::Partition": "aws", "AWS::Region": REGION, "AWS::AccountId": ACCOUNT, "AWS::URLSuffix": "amazonaws.com" };
const NAMES = {
  "AWS::DynamoDB::Table": "dynamodb:table/",
  "AWS::KMS::Key": "kms:key/",
  "AWS::SQS::Queue": "sqs:",
  "AWS::Lambda::Alias": "lambda:function:live:",
  "AWS::Logs::LogGroup": "logs:log-group:",
};

/** The calls of each function, by its handler's name: "action resource context". */
const RECORDED = JSON.parse(await readFile(new URL("calls.json", import.meta.url), "utf8"));

/** Calls that Lambda makes with a function's role. */
const OF_LAMBDA = {
  EnrolmentWorker: [
    "sqs:ReceiveMessage FACET_ENROL_QUEUE",
    "sqs:DeleteMessage FACET_ENROL_QUEUE",
    "sqs:GetQueueAttributes FACET_ENROL_QUEUE",
  ],
};

/** Calls that no function makes, each close to one that some function makes. */
const NEVER = [
  "s3:GetObject FACET_IMAGES_BUCKET",
  "s3:ListBucket FACET_IMAGES_BUCKET",
  "dynamodb:Scan FACET_DATA_TABLE",
  "dynamodb:PutItem FACET_DATA_TABLE application#",
  "dynamodb:PutItem FACET_DATA_TABLE plan#",
  "dynamodb:DeleteItem FACET_DATA_TABLE gallery#",
  "dynamodb:Query FACET_LEDGER_TABLE deletion#",
  "dynamodb:DeleteItem FACET_LEDGER_TABLE deletion#",
  "kms:Decrypt FACET_JOB_KEY",
  "kms:VerifyMac FACET_JOB_MAC_KEY",
  "apigateway:DELETE /apikeys/*",
  "apigateway:POST /apikeys",
  "apigateway:PATCH /apikeys/* facet:record",
];

/** Permissions without a call of the function itself, with their reasons. */
const WITHOUT_CALLS = [
  { actions: /^logs:(CreateLogStream|PutLogEvents)$/, reason: "Lambda writes the function's log" },
  { actions: /^xray:Put(TraceSegments|TelemetryRecords)$/, reason: "Lambda writes the function's traces" },
  { actions: /^kms:/, condition: "kms:ViaService", reason: "a service encrypts at rest for its caller" },
];

/** The ARNs of resources that the stack takes over, which its functions know by name. */
const TAKEN_OVER = {
  FACET_DATA_TABLE: (name) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`,
  FACET_KEYS_TABLE: (name) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`,
  FACET_LEDGER_TABLE: (name) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`,
  FACET_IMAGES_BUCKET: (name) => `arn:aws:s3:::${name}`,
};

/** Returns the ARN of a resource of the template. */
function arn(id, resources) {
  const type = resources[id].Type;
  if (type === "AWS::S3::Bucket") {
    return "arn:aws:s3:::images";
  }
  const name = NAMES[type] ?? `${type.split("::")[1].toLowerCase()}:`;
  const at = name.indexOf(":") + 1;
  return `arn:aws:${name.slice(0, at)}${REGION}:${ACCOUNT}:${name.slice(at)}${id}`;
}

/** Replaces CloudFormation's functions by their values. */
function resolved(node, resources) {
  if (Array.isArray(node)) {
    return node.map((each) => resolved(each, resources));
  }
  if (node === null || typeof node !== "object") {
    return node;
  }
  if (node.Ref !== undefined) {
    return PSEUDO[node.Ref] ?? arn(node.Ref, resources);
  }
  if (node["Fn::GetAtt"] !== undefined) {
    return arn(node["Fn::GetAtt"][0], resources);
  }
  if (node["Fn::Join"] !== undefined) {
    return resolved(node["Fn::Join"][1], resources).join(node["Fn::Join"][0]);
  }
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, resolved(value, resources)]));
}

/** Returns the ARNs of the variables that name resources; all functions must agree on them. */
function variables(functions, resources) {
  const arns = {};
  for (const fn of functions) {
    for (const [name, value] of Object.entries(fn.Properties.Environment?.Variables ?? {})) {
      const text = resolved(value, resources);
      const target = text.startsWith("arn:") ? text : TAKEN_OVER[name]?.(text);
      if (target === undefined) {
        continue;
      }
      if (arns[name] !== undefined && arns[name] !== target) {
        throw new Error(`${name} is ${arns[name]} and ${target}`);
      }
      arns[name] = target;
    }
  }
  return arns;
}

/** Parses a call into an action, an ARN and the values of condition keys. */
function parsed(call, arns) {
  const [action, resource, context] = call.split(" ");
  const service = action.split(":")[0];
  if (resource.startsWith("/")) {
    const target = `arn:aws:apigateway:${REGION}::${resource.replaceAll("*", "x")}`;
    return { call, action, resource: target, context: context === undefined ? {} : { [`aws:ResourceTag/${context}`]: "x" } };
  }
  if (arns[resource] === undefined) {
    throw new Error(`no function has ${resource}`);
  }
  const object = service === "s3" && action !== "s3:ListBucket" ? "/photo" : "";
  const key = { dynamodb: "dynamodb:LeadingKeys", kms: "kms:EncryptionContextKeys" }[service];
  return {
    call,
    action,
    resource: arns[resource] + object,
    // a prefix ends with #; any other partition is one item's whole key
    context: context === undefined ? {} : { [key]: [context.endsWith("#") ? `${context}x` : context] },
  };
}

async function isAllowed({ action, resource, context }, policies) {
  const { overallResult: result, resultType, errors } = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/function`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: context,
      },
      identityPolicies: policies,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      // a key's policy trusts the policies of the account
      ...(action.startsWith("kms:") && {
        resourcePolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" }],
        },
      }),
    },
    {},
  );
  if (resultType === "error") {
    throw new Error(`${action}: ${JSON.stringify(errors).slice(0, 500)}`);
  }
  return result === "Allowed";
}

function list(value) {
  return value === undefined ? [] : [value].flat();
}

/** Returns whether a pattern of a policy, with * for any text, matches. */
function matches(pattern, text) {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}

/** Returns the values that a statement demands of a condition key, or undefined if any will do. */
function demanded(statement, key) {
  return Object.entries(statement.Condition ?? {})
    .filter(([operator, keys]) => /String(Equals|Like)$/.test(operator) && keys[key] !== undefined)
    .map(([, keys]) => list(keys[key]))[0];
}

/** Returns what the policies allow without a call that needs it. */
function unused(policies, calls) {
  const faults = [];
  let permissions = 0;
  for (const statement of policies.flatMap(({ policy }) => list(policy.Statement))) {
    const conditions = Object.values(statement.Condition ?? {}).flatMap((keys) => Object.keys(keys));
    for (const action of list(statement.Action)) {
      if (WITHOUT_CALLS.some((each) => each.actions.test(action) && (each.condition === undefined || conditions.includes(each.condition)))) {
        continue;
      }
      for (const resource of list(statement.Resource)) {
        for (const partition of demanded(statement, "dynamodb:LeadingKeys") ?? [undefined]) {
          permissions++;
          const used = calls.some(
            (call) =>
              call.action === action &&
              matches(resource, call.resource) &&
              (partition === undefined || list(call.context["dynamodb:LeadingKeys"]).some((key) => matches(partition, key))),
          );
          if (!used) {
            faults.push(`${action} ${resource} ${partition ?? ""} is allowed, but never called`);
          }
        }
      }
    }
  }
  return { faults, permissions };
}

async function check(file) {
  const { Resources: resources } = JSON.parse(await readFile(file, "utf8"));
  const functions = Object.entries(resources)
    .filter(([, resource]) => resource.Type === "AWS::Lambda::Function")
    .map(([id, fn]) => [id, fn, fn.Properties.Handler ?? "dev.facet.face.Face"])
    .filter(([, , handler]) => handler.startsWith("dev.facet."));
  const arns = variables(functions.map(([, fn]) => fn), resources);
  const all = [...new Set([...Object.values(RECORDED), ...Object.values(OF_LAMBDA), NEVER].flat())].map((call) => parsed(call, arns));
  const faults = [];
  let evaluations = 0;
  let permissions = 0;
  for (const [id, fn, handler] of functions) {
    const name = handler.slice(handler.lastIndexOf(".") + 1).replace(/Handler$/, "");
    if (RECORDED[name] === undefined) {
      faults.push(`${name}: its calls were not recorded`);
      continue;
    }
    const made = new Set([...RECORDED[name], ...(OF_LAMBDA[name] ?? [])]);
    const role = fn.Properties.Role["Fn::GetAtt"][0];
    const policies = Object.entries(resources)
      .filter(([, resource]) => resource.Type === "AWS::IAM::Policy" && resource.Properties.Roles.some((each) => each.Ref === role))
      .map(([policy, resource]) => ({ name: policy, policy: resolved(resource.Properties.PolicyDocument, resources) }));
    for (const call of all) {
      evaluations++;
      if ((await isAllowed(call, policies)) !== made.has(call.call)) {
        faults.push(`${id}: ${call.call} is ${made.has(call.call) ? "refused, but made" : "allowed, but never made"}`);
      }
    }
    const rest = unused(policies, all.filter((call) => made.has(call.call)));
    permissions += rest.permissions;
    rest.faults.forEach((fault) => faults.push(`${id}: ${fault}`));
  }
  faults.forEach((fault) => console.error(fault));
  console.log(`permissions: ${evaluations} evaluations, ${permissions} permissions, ${faults.length} wrong`);
  return faults.length;
}

let faults = 0;
for (const file of process.argv.slice(2)) {
  faults += await check(file);
}
process.exitCode = faults > 0 ? 1 : 0;
