package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import java.util.List;

/** Checks that a confirmed subscription receives the alarms. */
public record Subscriptions(StackPort stack, AlarmPort alarms) implements Check {

  @Override
  public String name() {
    return "subscriptions";
  }

  @Override
  public Diagnosis run() {
    String topic = stack.output("AlarmTopic");
    List<Boolean> confirmed = alarms.subscriptions(topic);
    long pending = confirmed.stream().filter(it -> !it).count();
    if (pending < confirmed.size()) {
      String detail = "%d confirmed, %d pending".formatted(confirmed.size() - pending, pending);
      return pending == 0
          ? Diagnosis.ok(detail)
          : Diagnosis.warning(detail, "Open the link in AWS's message to the address.");
    }
    List<AlarmPort.Alarm> others =
        alarms.alarms(stack.physicalIds("AWS::CloudWatch::Alarm")).stream()
            .filter(alarm -> alarm.actions().stream().anyMatch(action -> !action.equals(topic)))
            .toList();
    if (!others.isEmpty()) {
      return Diagnosis.warning(
          "the stack's topic has no confirmed subscription; another topic is notified",
          "Check that somebody receives the messages of alarmTopic.");
    }
    return Diagnosis.fault(
        "alarms reach nobody: no confirmed subscription, %d pending".formatted(pending),
        "Deploy with -c alarmEmail=ADDRESS and open the link in AWS's message to it.");
  }
}
