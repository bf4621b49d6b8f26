package dev.facet.infra;

import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.StoreKeys;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;

/**
 * The permissions and the hourly schedule of the function that erases orphaned photos, which a
 * crash left without a subject. It can't read photos: it reads the erasure records, and deletes.
 */
record SweepSchedule(DataStores stores) {

  /** Returns the environment variables of this function alone. */
  static Map<String, String> environment(DataStores stores) {
    return Map.of(FunctionEnvironment.IMAGES_BUCKET, stores.images().getBucketName());
  }

  void grantSweep(HandlerFunction sweeping) {
    FunctionRole permissions = sweeping.permissions();
    permissions.grant(
        List.of("dynamodb:Query", "dynamodb:DeleteItem"),
        stores.data().getTableArn(),
        FunctionRole.keyed(StoreKeys.ERASURE_PREFIX + "*"));
    permissions.grantKey(FunctionRole.WRITING, stores.key().getKeyArn(), "dynamodb");
    permissions.grant(List.of("s3:DeleteObject"), stores.images().arnForObjects("*"));
    permissions.suppressWildcardFinding(
        "/^Resource::<.*Images.*>\\/\\*$/",
        "Photos are named when they are stored; the bucket holds nothing else.");
    Rule.Builder.create(sweeping, "EveryHour")
        .schedule(Schedule.rate(Duration.hours(1)))
        .targets(List.of(new LambdaFunction(sweeping.live())))
        .build();
  }
}
