using Expflow.Cli.Screens;
using Expflow.Slurm;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary>Says what following the runs costs the cluster: something to show its administrator.</summary>
internal sealed class SlurmRequests(Composition with, SlurmReading reading)
{
    // One array is one small question; above so many the whole queue is asked for once instead.
    private const int MostSingleQuestions = 8;

    private const string OneJob = "REQUEST_JOB_INFO_SINGLE";
    private const string AllJobs = "REQUEST_JOB_INFO";

    public async Task<int> ShowAsync(SlurmView view, bool json)
    {
        var pause = reading.Interval;
        var arrays = view.Jobs;
        var perRefresh = arrays > MostSingleQuestions ? 1 : arrays;
        var perHour = pause > TimeSpan.Zero ? perRefresh * 3600 / pause.TotalSeconds : 0;
        var answer = await with.Slurm().DiagnosticsAsync();
        var controller = answer is SlurmAnswer<Diagnostics>.Answered { Value: var said } ? said : null;
        if (json)
            PrintJson(arrays, perRefresh, pause, perHour, controller);
        else
            Print(arrays, perRefresh, pause, perHour, controller);
        return ExitCode.Done;
    }

    private void Print(int arrays, int perRefresh, TimeSpan pause, double perHour, Diagnostics? controller)
    {
        var screen = with.Terminal;
        screen.Line(
            $"{DecisionText.Count(arrays, "job array")} may have something in the queue: {DecisionText.Count(perRefresh, "question")} per refresh, at most one refresh in {Durations.Words(pause)}, whatever the number of screens."
        );
        screen.Line(
            $"A screen that follows them asks at most {perHour:#,0} times an hour. {QueueInterval.Variable}=60 makes it fewer."
        );
        if (controller is null)
        {
            screen.Line("'sdiag' doesn't say what the controller has to do.");
            return;
        }
        foreach (var kind in (ReadOnlySpan<string>)[OneJob, AllJobs])
            if (controller.Requests.GetValueOrDefault(kind) is { } count)
                screen.Line(
                    $"The controller has answered {count.Count:#,0} {kind} of all users since its counters began, in {count.MeanMicroseconds / 1000.0:0.##} ms each."
                );
    }

    private void PrintJson(int arrays, int perRefresh, TimeSpan pause, double perHour, Diagnostics? controller) =>
        JsonOutput.Print(
            with.Terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("arrays", arrays);
                json.WriteNumber("requests_per_refresh", perRefresh);
                json.WriteNumber("interval", pause.TotalSeconds);
                json.WriteNumber("requests_per_hour", perHour);
                foreach (var kind in (ReadOnlySpan<string>)[OneJob, AllJobs])
                    if (controller?.Requests.GetValueOrDefault(kind) is { } count)
                    {
                        json.WriteStartObject(kind.ToLowerInvariant());
                        json.WriteNumber("count", count.Count);
                        json.WriteNumber("mean_microseconds", count.MeanMicroseconds);
                        json.WriteEndObject();
                    }
                json.WriteEndObject();
            }
        );
}
