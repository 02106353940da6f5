package dev.gatecast.event;

/** Why a record was not processed. Each is counted under its name and goes to the dead letters with it. */
public enum Rejection {
    /** The record has no key and the configuration names no entity field. */
    NULL_KEY,
    /** The record has no value. */
    NULL_VALUE,
    /** The bytes are not a tick in the configured format. */
    UNDECODABLE,
    /** The entity's name is empty or longer than the limit. */
    BAD_ENTITY,
    /** A configured target field is absent or null. */
    MISSING_FIELD,
    /** A target's value is NaN, infinite or beyond the limit. */
    NOT_FINITE,
    /** The tick's time is negative or cannot be read. */
    BAD_TIME,
    /** Not newer than the entity's last step. */
    LATE,
    /** Same time as the entity's last step. */
    DUPLICATE,
    /** Further ahead of stream time than the limit. */
    FUTURE,
    /** The step or the head gave a number that a sound model cannot give; the state was left as it was. */
    BAD_NUMBER
}
