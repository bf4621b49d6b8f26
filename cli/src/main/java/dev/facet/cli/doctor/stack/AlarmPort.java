package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.NotReadable;
import java.util.List;
import java.util.OptionalDouble;

/** Reads alarms, their topic and metrics. Methods throw {@link NotReadable} if they cannot. */
public interface AlarmPort {

  /**
   * An alarm.
   *
   * @param enabled whether its actions are executed
   * @param actions the ARNs of the topics that it notifies
   * @param state {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
   */
  record Alarm(String name, boolean enabled, List<String> actions, String state) {

    /** Copies the list. */
    public Alarm {
      actions = List.copyOf(actions);
    }
  }

  /** Returns those of the named alarms that exist. */
  List<Alarm> alarms(List<String> names);

  /** Returns whether each subscription of a topic is confirmed. */
  List<Boolean> subscriptions(String topic);

  /** Returns the greatest age in seconds of a queue's messages lately; empty without data. */
  OptionalDouble oldestMessage(String queueName);
}
