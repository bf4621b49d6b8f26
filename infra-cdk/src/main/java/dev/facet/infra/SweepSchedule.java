package dev.facet.infra;

import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.StoreKeys;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;

/**
 * The permissions and the hourly schedule of the function that erases orphaned photos, which a
 * crash left without a subject, and templates of galleries' logs that were replaced or deleted. It
 * can't read photos, and it can't write a subject.
 */
record SweepSchedule(DataStores stores) {

  /** Returns the environment variables of this function alone. */
  static Map<String, String> environment(DataStores stores) {
    return stores.adopted()
        ? new TreeMap<>(
            Map.of(
                FunctionEnvironment.IMAGES_BUCKET,
                stores.images().getBucketName(),
                FunctionEnvironment.DATA_ADOPTED,
                "true"))
        : Map.of(FunctionEnvironment.IMAGES_BUCKET, stores.images().getBucketName());
  }

  void grantSweep(HandlerFunction sweeping) {
    FunctionRole permissions = sweeping.permissions();
    permissions.grant(
        List.of("dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem"),
        stores.data().getTableArn(),
        FunctionRole.keyed(StoreKeys.ERASURE_PREFIX + "*", StoreKeys.LOG_ERASURE_PREFIX + "*"));
    permissions.grant(
        List.of("dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem"),
        stores.data().getTableArn(),
        FunctionRole.keyed(StoreKeys.GALLERY_PREFIX + "*"));
    permissions.grant(
        List.of("dynamodb:GetItem"),
        stores.data().getTableArn(),
        FunctionRole.keyed(StoreKeys.RESTORE));
    permissions.grantKey(FunctionRole.WRITE_KEY_ACTIONS, stores.key().getKeyArn(), "dynamodb");
    permissions.grant(List.of("s3:DeleteObject"), stores.images().arnForObjects("*"));
    permissions.suppressWildcardFinding(
        DataStores.PHOTOS_FINDING,
        "Photos are named when they are stored; the bucket holds nothing else.");
    sweeping.schedule("EveryHour", Duration.hours(1));
  }
}
