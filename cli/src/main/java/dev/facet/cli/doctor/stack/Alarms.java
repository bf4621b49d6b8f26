package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import java.util.ArrayList;
import java.util.List;

/** Checks that the stack's alarms exist and notify somebody, and that none is on. */
public record Alarms(StackPort stack, AlarmPort alarms) implements Check {

  @Override
  public String name() {
    return "alarms";
  }

  @Override
  public Diagnosis run() {
    List<String> names = stack.physicalIds("AWS::CloudWatch::Alarm");
    List<AlarmPort.Alarm> found = alarms.alarms(names);
    List<String> missing = new ArrayList<>(names);
    List<String> silent = new ArrayList<>();
    List<String> on = new ArrayList<>();
    for (AlarmPort.Alarm alarm : found) {
      missing.remove(alarm.name());
      if (!alarm.enabled() || alarm.actions().isEmpty()) {
        silent.add(alarm.name() + " notifies no topic");
      }
      if (alarm.state().equals("ALARM")) {
        on.add(alarm.name() + " is on");
      }
    }
    missing.replaceAll(name -> name + " does not exist");
    if (names.isEmpty()) {
      missing.add("the stack has no alarms");
    }
    missing.addAll(silent);
    return missing.isEmpty()
        ? Diagnosis.warningIfAny(
            on,
            "docs/operations.md explains each alarm.",
            "%d alarms exist and are off".formatted(names.size()))
        : Diagnosis.fault(String.join("; ", missing), "Deploy again, and change no alarm by hand.");
  }
}
