using System.Text.Json;
using Expflow.Runs;
using Expflow.Submission;

namespace Expflow.Cli.Screens;

/// <summary>What a submission adds, as JSON.</summary>
internal static class DecisionJson
{
    public static void Print(
        Terminal terminal,
        string experiment,
        SubmissionId? submission,
        SubmissionDecision decision
    ) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                Write(json, experiment, submission, decision);
                json.WriteEndObject();
            }
        );

    /// <summary>The properties only, for an object that says more.</summary>
    public static void Write(
        Utf8JsonWriter json,
        string experiment,
        SubmissionId? submission,
        SubmissionDecision decision
    )
    {
        json.WriteString("experiment", experiment);
        json.WriteString("submission", submission?.ToString());
        json.WriteNumber(
            "runs",
            decision.New.Count
                + decision.Again.Count
                + decision.Underway.Count
                + decision.Done.Count
                + decision.Given.Count
        );
        json.WriteNumber("new", decision.New.Count);
        json.WriteNumber("again", decision.Again.Count);
        json.WriteNumber("underway", decision.Underway.Count);
        json.WriteNumber("done", decision.Done.Count);
        json.WriteNumber("given_up", decision.Given.Count);
    }
}
