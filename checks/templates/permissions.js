// permissions.js TEMPLATE...: evaluates the policies of each function's role with an IAM simulator, both ways. Each call that
// the function makes must be allowed, and each call that only other functions make must not. Exits with 1 otherwise.
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

/** The calls, by name: an action, the beginning of the logical id of its resource or an ARN, and its context. */
const CALLS = {
  readKey: ["dynamodb:GetItem", "StoresKeys"],
  scanKeys: ["dynamodb:Scan", "StoresKeys"],
  writeKey: ["dynamodb:PutItem", "StoresKeys"],
  readApplication: item("GetItem", "application#"),
  readAdmission: ["dynamodb:GetItem", "StoresData", { "dynamodb:LeadingKeys": ["restore"] }],
  writeAdmission: ["dynamodb:PutItem", "StoresData", { "dynamodb:LeadingKeys": ["restore"] }],
  readPlan: item("GetItem", "plan#"),
  countUsage: item("UpdateItem", "usage#"),
  readJob: item("GetItem", "job#"),
  writeJob: item("PutItem", "job#"),
  readLog: item("Query", "gallery#"),
  appendLog: item("PutItem", "gallery#"),
  moveHead: item("UpdateItem", "gallery#"),
  readSubject: item("GetItem", "subject#"),
  writeSubject: item("PutItem", "subject#"),
  deleteSubject: item("DeleteItem", "subject#"),
  writeIdentifier: item("PutItem", "identifier#"),
  readOperation: item("GetItem", "op#"),
  writeOperation: item("PutItem", "op#"),
  writeErasure: item("PutItem", "erasure#"),
  noteDeletion: ["dynamodb:PutItem", "StoresLedger", { "dynamodb:LeadingKeys": ["deletion#1"] }],
  readDeletions: ["dynamodb:Query", "StoresLedger", { "dynamodb:LeadingKeys": ["deletion#1"] }],
  removeDeletion: ["dynamodb:DeleteItem", "StoresLedger", { "dynamodb:LeadingKeys": ["deletion#1"] }],
  readErasures: item("Query", "erasure#"),
  deleteErasure: item("DeleteItem", "erasure#"),
  scanData: ["dynamodb:Scan", "StoresData"],
  invokeFace: ["lambda:InvokeFunction", "FaceLive"],
  writePhoto: ["s3:PutObject", "arn:aws:s3:::images/photo"],
  deletePhoto: ["s3:DeleteObject", "arn:aws:s3:::images/photo"],
  readPhoto: ["s3:GetObject", "arn:aws:s3:::images/photo"],
  sendJob: ["sqs:SendMessage", "RetriesQueue"],
  receiveJob: ["sqs:ReceiveMessage", "RetriesQueue"],
  receiveDeadLetter: ["sqs:ReceiveMessage", "RetriesDeadLetters"],
  nameJob: ["kms:GenerateMac", "RetriesJobNames"],
  encryptJob: ["kms:GenerateDataKey", "StoresKey", { "kms:EncryptionContextKeys": ["job"] }],
  decryptJob: ["kms:Decrypt", "StoresKey", { "kms:EncryptionContextKeys": ["job"] }],
  decryptWithoutContext: ["kms:Decrypt", "StoresKey"],
  listGatewayKeys: ["apigateway:GET", gateway("/apikeys")],
  deleteOwnGatewayKey: ["apigateway:DELETE", gateway("/apikeys/own"), { "aws:ResourceTag/facet:record": "1" }],
  deleteOtherGatewayKey: ["apigateway:DELETE", gateway("/apikeys/other")],
  createGatewayKey: ["apigateway:POST", gateway("/apikeys")],
  changeGatewayKey: ["apigateway:PATCH", gateway("/apikeys/own"), { "aws:ResourceTag/facet:record": "1" }],
  joinPlan: ["apigateway:POST", gateway("/usageplans/plan/keys")],
};

const PHOTOS = ["readKey", "readApplication", "invokeFace"];
const METERED = ["readKey", "readApplication", "readPlan", "countUsage"];
const ENROLLING = [...METERED, "invokeFace", "readJob", "sendJob", "nameJob", "encryptJob"];

/** The calls of each function, by its handler's name. */
const MADE = {
  RegisterSubject: PHOTOS,
  UpdateSubject: PHOTOS,
  DeleteSubject: PHOTOS,
  ExtractFace: PHOTOS,
  SearchFace: PHOTOS,
  VerifyFace: PHOTOS,
  CheckApiKey: METERED,
  Enroll: ENROLLING,
  PlainEnroll: ENROLLING,
  Predict: [...METERED, "invokeFace"],
  PlainPredict: [...METERED, "invokeFace"],
  DeleteUser: [...METERED, "invokeFace"],
  JobState: [...METERED, "readJob", "nameJob"],
  EnrolmentWorker: ["invokeFace", "readJob", "writeJob", "receiveJob", "decryptJob"],
  DeadLetter: ["receiveDeadLetter", "readJob", "writeJob", "readOperation", "sendJob"],
  SweepImages: ["readErasures", "writeErasure", "deleteErasure", "deletePhoto", "readLog", "moveHead", "readAdmission"],
  RepairKeys: ["readKey", "scanKeys", "writeKey", "listGatewayKeys", "deleteOwnGatewayKey", "joinPlan"],
  Face: [
    "readAdmission", "readApplication", "readLog", "appendLog", "moveHead", "readSubject", "writeSubject", "deleteSubject", "writeIdentifier",
    "readOperation", "writeOperation", "writeErasure", "readErasures", "deleteErasure", "noteDeletion", "writePhoto", "deletePhoto",
  ],
};

function item(operation, partition) {
  return [`dynamodb:${operation}`, "StoresData", { "dynamodb:LeadingKeys": [`${partition}1`] }];
}

function gateway(path) {
  return `arn:aws:apigateway:${REGION}::${path}`;
}

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

function target(resource, resources) {
  if (resource.startsWith("arn:")) {
    return resource;
  }
  const pattern = new RegExp(`^${resource}[0-9A-F]{8}$`);
  const ids = Object.keys(resources).filter((id) => pattern.test(id));
  if (ids.length !== 1) {
    throw new Error(`${ids.length} resources are named ${resource}`);
  }
  return arn(ids[0], resources);
}

async function isAllowed([action, resource, context = {}], policies, resources) {
  const { overallResult: result, resultType, errors } = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/function`,
        action,
        resource: { resource: target(resource, resources), accountId: ACCOUNT },
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

async function check(file) {
  const { Resources: resources } = JSON.parse(await readFile(file, "utf8"));
  const faults = [];
  let evaluations = 0;
  for (const [id, fn] of Object.entries(resources).filter(([, resource]) => resource.Type === "AWS::Lambda::Function")) {
    const handler = fn.Properties.Handler ?? "dev.facet.face.Face";
    if (!handler.startsWith("dev.facet.")) {
      continue;
    }
    const name = handler.slice(handler.lastIndexOf(".") + 1).replace(/Handler$/, "");
    if (MADE[name] === undefined) {
      faults.push(`${name}: its calls are not listed`);
      continue;
    }
    const role = fn.Properties.Role["Fn::GetAtt"][0];
    const policies = Object.entries(resources)
      .filter(([, resource]) => resource.Type === "AWS::IAM::Policy" && resource.Properties.Roles.some((each) => each.Ref === role))
      .map(([policy, resource]) => ({ name: policy, policy: resolved(resource.Properties.PolicyDocument, resources) }));
    for (const [call, request] of Object.entries(CALLS)) {
      evaluations++;
      const made = MADE[name].includes(call);
      if ((await isAllowed(request, policies, resources)) !== made) {
        faults.push(`${id}: ${call} is ${made ? "refused, but made" : "allowed, but never made"}`);
      }
    }
  }
  faults.forEach((fault) => console.error(fault));
  console.log(`permissions: ${evaluations} evaluations, ${faults.length} wrong`);
  return faults.length;
}

let faults = 0;
for (const file of process.argv.slice(2)) {
  faults += await check(file);
}
process.exitCode = faults > 0 ? 1 : 0;
