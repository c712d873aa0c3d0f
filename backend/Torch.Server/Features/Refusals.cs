using Torch.Domain;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>The domain's refusals in HTTP's words, in one place.</summary>
internal static class Refusals
{
    // Which part of the request a refusal is about.
    private static readonly Dictionary<string, string> Pointers = new()
    {
        ["bad_name"] = "/name",
        ["bad_status_name"] = "/name",
        ["bad_label"] = "/label",
        ["severity_out_of_range"] = "/severity",
        ["neutral_and_available"] = "/available",
        ["unknown_shape"] = "/shape",
        ["bad_colour"] = "/colour",
        ["unknown_parent"] = "/parentId",
        ["leaf_as_parent"] = "/parentId",
        ["from_parent_needed"] = "/fromParentId",
        ["not_linked"] = "/fromParentId",
        ["not_below"] = "/assume",
        ["unknown_status"] = "/assume",
        ["weight_out_of_range"] = "/weight",
        ["unknown_contribution"] = "/contribution",
        ["staleness_out_of_range"] = "/staleness",
        ["group_with_check"] = "/checkId",
        ["unknown_check_id"] = "/checkId",
        ["bad_service_period"] = "/servicePeriod",
        ["unknown_status"] = "/status",
        ["until_in_the_past"] = "/until",
        ["bad_nodes"] = "/nodeIds",
        ["unknown_node_id"] = "/nodeIds",
        ["bad_span"] = "/schedule/to",
        ["over_already"] = "/schedule/to",
        ["bad_duration"] = "/schedule/duration",
        ["bad_recurrence"] = "/schedule/days",
        ["unknown_time_zone"] = "/schedule/timeZone",
        ["bad_validity"] = "/schedule/validTo",
        ["bad_exclusion"] = "/to",
        ["bad_target"] = "/target",
        ["bad_window"] = "/window",
        ["bad_time_zone"] = "/window/timeZone",
        ["threshold_missing"] = "/sli/threshold",
        ["threshold_unused"] = "/sli/threshold",
        ["no_observations"] = "/sli/kind",
        ["unknown_objective_node"] = "/nodeId",
        ["unknown_counted_status"] = "/counts",
        ["bad_person_name"] = "/name",
        ["unknown_role"] = "/role",
        ["first_is_admin"] = "/role",
        ["bad_full_name"] = "/fullName",
        ["bad_hierarchies"] = "/hierarchies",
        ["bad_scopes"] = "/scopes",
        ["bad_source_prefix"] = "/sourcePrefix",
        ["bad_expiry"] = "/expiresAt",
        ["bad_per_second"] = "/perSecond",
        ["bad_location"] = "/location",
        ["kind_changed"] = "/kind",
        ["settings_missing"] = "/kind",
        ["interval_missing"] = "/interval",
        ["interval_out_of_range"] = "/interval",
        ["bad_cron"] = "/cron",
        ["check_time_zone"] = "/timeZone",
        ["timeout_out_of_range"] = "/timeout",
        ["email_missing"] = "/email",
        ["email_unused"] = "/email",
        ["channel_url_missing"] = "/url",
        ["channel_kind_changed"] = "/kind",
        ["bad_recipients"] = "/email/to",
        ["bad_mail_port"] = "/email/port",
        ["bad_at_least"] = "/atLeast",
        ["bad_channels"] = "/channelIds",
        ["unknown_channel_id"] = "/channelIds",
        ["bad_delay"] = "/delay",
        ["bad_gather"] = "/gather",
        ["bad_repeat"] = "/repeat",
        ["bad_escalations"] = "/escalations",
        ["bad_quiet"] = "/quiet",
        ["bad_slug"] = "/slug",
        ["slug_changed"] = "/slug",
        ["status_page_exists"] = "/slug",
        ["bad_title"] = "/title",
        ["bad_entries"] = "/entries",
        ["bad_text"] = "/text",
        ["bad_link"] = "/link",
    };

    /// <summary>The events of an accepted decision; a refusal is thrown as the fault that answers it.</summary>
    public static IReadOnlyList<IEvent> EventsOrRefuse(this Decision decision) =>
        decision.Refusal is { } refusal ? throw new FaultException(ToFault(refusal)) : decision.Events;

    public static Fault ToFault(Refusal refusal) =>
        new(StatusOf(refusal.Code), refusal.Code, refusal.Detail, Errors(refusal));

    private static int StatusOf(string code) =>
        code switch
        {
            "unknown_node" or "unknown_check" or "no_such_status" or "unknown_window" or "unknown_agent" => 404,
            "unknown_person" or "unknown_key" or "unknown_annotation" => 404,
            "person_exists" or "last_admin" => 409,
            "unknown_objective" or "unknown_exclusion" => 404,
            "unknown_channel" or "unknown_notice_rule" or "unknown_status_page" => 404,
            "status_page_exists"
            or "status_exists"
            or "status_in_use"
            or "built_in_status"
            or "nothing_to_acknowledge" => 409,
            "cycle" or "node_exists" or "check_exists" or "check_in_use" or "leaf_as_parent" => 409,
            _ => 422,
        };

    private static Dictionary<string, IReadOnlyList<string>>? Errors(Refusal refusal) =>
        Pointers.TryGetValue(refusal.Code, out var pointer) ? new() { [pointer] = [refusal.Detail] } : null;
}
