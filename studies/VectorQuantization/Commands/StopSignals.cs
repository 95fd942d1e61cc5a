using System.Runtime.InteropServices;

namespace VectorQuantization.Commands;

/// <summary>SIGTERM and Ctrl-C ask the program to save and end; the second one ends it at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] registrations;

    /// <summary>Listens from now on.</summary>
    public StopSignals() =>
        registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask),
        ];

    /// <summary>Set by the first signal.</summary>
    public CancellationToken Token => stop.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        stop.Dispose();
    }

    private void Ask(PosixSignalContext signal)
    {
        if (stop.IsCancellationRequested)
            return; // the default: the process ends
        signal.Cancel = true;
        stop.Cancel();
    }
}
