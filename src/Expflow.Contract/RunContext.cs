using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Expflow.Contract;

/// <summary>What a program knows about the run that it is; everything is empty, and reports go nowhere, when it is used alone.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class RunContext : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource saveRequested = new();
    private readonly AppendOnlyFile? metrics;
    private PosixSignalRegistration? terminate;

    /// <summary>Reads the variables through <paramref name="variable"/>; registers no signal.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public RunContext(Func<string, string?> variable)
    {
        RunId = Text(EnvironmentNames.RunId);
        Attempt = int.TryParse(Text(EnvironmentNames.Attempt), CultureInfo.InvariantCulture, out var number)
            ? number
            : 1;
        RunDirectory = Text(EnvironmentNames.RunDirectory);
        Checkpoints = Text(EnvironmentNames.Checkpoints);
        Deadline = ReadDeadline(Text(EnvironmentNames.Deadline));
        Parameters = ReadParameters(Text(EnvironmentNames.Parameters));
        metrics = Text(EnvironmentNames.Metrics) is { } path ? new AppendOnlyFile(path) : null;

        string? Text(string name) => variable(name) is { Length: > 0 } text ? text : null;
    }

    /// <summary>The run's identity; null when the program is used alone.</summary>
    public string? RunId { get; }

    /// <summary>Which execution of the run this is, from 1.</summary>
    public int Attempt { get; }

    /// <summary>The run's folder, or null.</summary>
    public string? RunDirectory { get; }

    /// <summary>The folder for checkpoints, which outlives the attempt, or null.</summary>
    public string? Checkpoints { get; }

    /// <summary>When the run will be ended, or null when nothing limits it.</summary>
    public DateTimeOffset? Deadline { get; }

    /// <summary>The run's parameters: an object, empty when the program is used alone.</summary>
    public JsonElement Parameters { get; }

    /// <summary>Set once the manager asks the program to save and exit (SIGTERM).</summary>
    public CancellationToken SaveRequested => saveRequested.Token;

    /// <summary>The context of this process.</summary>
    /// <remarks>SIGTERM is taken over only where there is a folder to save to; a program used alone ends on it as ever.</remarks>
    public static RunContext FromEnvironment()
    {
        var context = new RunContext(Environment.GetEnvironmentVariable);
        if (context.Checkpoints is not null)
            context.terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context.OnTerminate);
        return context;
    }

    /// <summary>Appends one line of metrics. NaN and infinities are written as the texts <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.</summary>
    /// <param name="step">The epoch, iteration or whatever the program counts in.</param>
    /// <param name="values">Names and values; a name is given once.</param>
    public void Report(long step, params ReadOnlySpan<(string Name, double Value)> values)
    {
        if (metrics is null)
            return;
        var line = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("step", step);
            foreach (var (name, value) in values)
                WriteValue(json, name, value);
            json.WriteEndObject();
        }
        line.Write("\n"u8);
        lock (gate)
            metrics.Write(line.WrittenSpan);
    }

    /// <summary>Sets <see cref="SaveRequested"/>, as SIGTERM does.</summary>
    public void RequestSave() => saveRequested.Cancel();

    /// <inheritdoc />
    public void Dispose()
    {
        terminate?.Dispose();
        metrics?.Dispose();
        saveRequested.Dispose();
    }

    private void OnTerminate(PosixSignalContext signal)
    {
        signal.Cancel = true; // the program ends by itself, after it has saved
        RequestSave();
    }

    // JSON has no number for these; the named texts are what System.Text.Json and most readers agree on.
    private static void WriteValue(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    private static DateTimeOffset? ReadDeadline(string? text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static JsonElement ReadParameters(string? path)
    {
        using var document = JsonDocument.Parse(path is null ? "{}"u8.ToArray() : File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}
