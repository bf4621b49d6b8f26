package dev.facet.infra;

import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.StoreKeys;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.AssetImageCodeProps;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.DockerImageCode;
import software.amazon.awscdk.services.lambda.DockerImageFunction;
import software.amazon.awscdk.services.lambda.Tracing;
import software.constructs.Construct;

/**
 * The face function: a container image that extracts faces, keeps galleries in memory and searches
 * them. Only this function writes templates and photos.
 */
final class FaceFunction extends Construct {

  /** The folder of the image that contains the bundles' folders, with its last slash. */
  static final String IMAGE_BUNDLES = "/var/task/bundles/";

  private final DockerImageFunction function;
  private final Alias live;

  FaceFunction(
      Construct scope,
      DeploymentSettings settings,
      DeployedArtefacts artefacts,
      DataStores stores) {
    super(scope, "Face");
    DeploymentSettings.Compute compute = settings.compute();
    FunctionRole permissions = new FunctionRole(this, settings.storage());
    function =
        DockerImageFunction.Builder.create(this, "Function")
            .description("Face extraction, galleries and search")
            .code(DockerImageCode.fromImageAsset(artefacts.faceImage().toString(), image(compute)))
            .architecture(architecture(compute.processor()))
            .memorySize(compute.faceMemory())
            .ephemeralStorageSize(Size.mebibytes(compute.faceStorage()))
            // the deadline in each request is shorter: the rest is for loading a gallery
            .timeout(Duration.seconds(HandlerFunction.TIMEOUT_SECONDS))
            .environment(environment(settings, stores))
            .role(permissions.role())
            .logGroup(permissions.log())
            .tracing(Tracing.ACTIVE)
            .reservedConcurrentExecutions(
                compute.faceReserved() > 0 ? compute.faceReserved() : null)
            .build();
    if (compute.faceSnapStart()) {
      // the construct refuses SnapStart for images, which Lambda supports since
      CfnFunction resource =
          (CfnFunction) Objects.requireNonNull(function.getNode().getDefaultChild(), "function");
      resource.addPropertyOverride("SnapStart", Map.of("ApplyOn", "PublishedVersions"));
    }
    Alias.Builder alias =
        Alias.Builder.create(this, "Live").aliasName("live").version(function.getCurrentVersion());
    if (compute.faceConcurrency() > 0) {
      alias.provisionedConcurrentExecutions(compute.faceConcurrency());
    }
    live = alias.build();
    grantStores(permissions, stores);
  }

  private static AssetImageCodeProps image(DeploymentSettings.Compute compute) {
    AssetImageCodeProps.Builder image =
        AssetImageCodeProps.builder().platform(platform(compute.processor()));
    compute.faceBaseImage().ifPresent(base -> image.buildArgs(Map.of("BASE_IMAGE", base)));
    return image.build();
  }

  DockerImageFunction function() {
    return function;
  }

  /** Returns the alias that handlers invoke. */
  Alias live() {
    return live;
  }

  private static Map<String, String> environment(DeploymentSettings settings, DataStores stores) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put(FunctionEnvironment.DATA_TABLE, stores.data().getTableName());
    environment.put(FunctionEnvironment.KEYS_TABLE, stores.keys().getTableName());
    environment.put(FunctionEnvironment.LEDGER_TABLE, stores.ledger().getTableName());
    if (stores.adopted()) {
      environment.put(FunctionEnvironment.DATA_ADOPTED, "true");
    }
    environment.put(FunctionEnvironment.IMAGES_BUCKET, stores.images().getBucketName());
    environment.put(
        FunctionEnvironment.BUNDLES,
        settings.service().bundles().stream()
            .map(id -> IMAGE_BUNDLES + id)
            .collect(Collectors.joining(",")));
    environment.put(
        FunctionEnvironment.MAX_TEMPLATES, String.valueOf(settings.service().maxTemplates()));
    environment.put(FunctionEnvironment.SERVICE, settings.general().stackName());
    settings
        .service()
        .matching()
        .ifPresent(matching -> environment.put(FunctionEnvironment.MATCHING, matching));
    return environment;
  }

  private static void grantStores(FunctionRole permissions, DataStores stores) {
    grantItems(
        permissions,
        stores,
        "dynamodb:GetItem",
        StoreKeys.APPLICATION_PREFIX,
        StoreKeys.GALLERY_PREFIX,
        StoreKeys.SUBJECT_PREFIX,
        StoreKeys.IDENTIFIER_PREFIX,
        StoreKeys.OPERATION_PREFIX);
    grantItems(permissions, stores, "dynamodb:Query", StoreKeys.GALLERY_PREFIX);
    grantItems(
        permissions,
        stores,
        "dynamodb:PutItem",
        StoreKeys.GALLERY_PREFIX,
        StoreKeys.SUBJECT_PREFIX,
        StoreKeys.IDENTIFIER_PREFIX,
        StoreKeys.OPERATION_PREFIX,
        StoreKeys.ERASURE_PREFIX,
        StoreKeys.LOG_ERASURE_PREFIX);
    grantItems(permissions, stores, "dynamodb:UpdateItem", StoreKeys.GALLERY_PREFIX);
    grantItems(
        permissions,
        stores,
        "dynamodb:DeleteItem",
        StoreKeys.SUBJECT_PREFIX,
        StoreKeys.ERASURE_PREFIX);
    permissions.grant(
        List.of("dynamodb:PutItem"),
        stores.ledger().getTableArn(),
        FunctionRole.keyed(StoreKeys.DELETION_PREFIX + "*"));
    permissions.grant(
        List.of("dynamodb:GetItem"),
        stores.data().getTableArn(),
        FunctionRole.keyed(StoreKeys.RESTORE));
    permissions.grant(
        List.of("s3:PutObject", "s3:DeleteObject"), stores.images().arnForObjects("*"));
    permissions.suppressWildcardFinding(
        DataStores.PHOTOS_FINDING,
        "Photos are named when they are stored; the bucket holds nothing else.");
    permissions.grantKey(
        FunctionRole.WRITE_KEY_ACTIONS, stores.key().getKeyArn(), "dynamodb", "s3");
  }

  private static void grantItems(
      FunctionRole permissions, DataStores stores, String action, String... prefixes) {
    String[] partitions =
        Arrays.stream(prefixes).map(prefix -> prefix + "*").toArray(String[]::new);
    permissions.grant(List.of(action), stores.data().getTableArn(), FunctionRole.keyed(partitions));
  }

  static Architecture architecture(DeploymentSettings.Processor processor) {
    return switch (processor) {
      case X86_64 -> Architecture.X86_64;
      case ARM64 -> Architecture.ARM_64;
    };
  }

  private static Platform platform(DeploymentSettings.Processor processor) {
    return switch (processor) {
      case X86_64 -> Platform.LINUX_AMD64;
      case ARM64 -> Platform.LINUX_ARM64;
    };
  }
}
