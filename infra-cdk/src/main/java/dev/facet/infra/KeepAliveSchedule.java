package dev.facet.infra;

import dev.facet.aws.lambda.Ping;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.events.targets.LambdaFunctionProps;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

/**
 * Invokes every function daily with a {@link Ping}. Lambda deactivates the snapshot of a version
 * after 14 days without invocations, and the image of a function after some weeks; the next request
 * would then fail. EventBridge itself invokes the functions, so no role may invoke them all.
 */
final class KeepAliveSchedule extends Construct {

  /** EventBridge's limit for a rule. */
  private static final int MAX_TARGETS = 5;

  KeepAliveSchedule(Construct scope, List<Alias> functions) {
    super(scope, "KeepAlive");
    RuleTargetInput ping = RuleTargetInput.fromObject(Ping.event());
    for (int from = 0; from < functions.size(); from += MAX_TARGETS) {
      List<LambdaFunction> targets = new ArrayList<>();
      for (Alias function :
          functions.subList(from, Math.min(from + MAX_TARGETS, functions.size()))) {
        targets.add(
            new LambdaFunction(function, LambdaFunctionProps.builder().event(ping).build()));
      }
      Rule.Builder.create(this, "Daily" + from / MAX_TARGETS)
          .schedule(Schedule.rate(Duration.days(1)))
          .targets(targets)
          .build();
    }
  }
}
