using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Expflow.Slurm;

/// <summary>Starts Slurm's programs, feeds and reads them, and ends them when their time is up.</summary>
internal sealed class SlurmStarter(SlurmPrograms programs, TimeProvider clock)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Calls and waits. <see cref="SlurmAnswer{T}.Answered"/> here means only that the program ended by itself, whatever it said.</summary>
    internal async Task<SlurmAnswer<SlurmPrint>> Call(SlurmCall call, TimeSpan patience, CancellationToken cancel)
    {
        if (programs.Find(call.Program) is not { } path)
            return new SlurmAnswer<SlurmPrint>.Missing(call.Program);
        var started = clock.GetTimestamp();
        using var process = new Process { StartInfo = Information(path, call) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new SlurmAnswer<SlurmPrint>.Missing(call.Program);
        }
        using var timeUp = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancel);
        var errors = new StringBuilder();
        try
        {
            return new SlurmAnswer<SlurmPrint>.Answered(
                await Talk(process, call, errors, either.Token).ConfigureAwait(false)
            );
        }
        catch (OperationCanceledException)
        {
            await End(process).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            return new SlurmAnswer<SlurmPrint>.Unanswered(
                clock.GetElapsedTime(started),
                RefusalTexts.Plain(Text(errors))
            );
        }
    }

    private static async Task<SlurmPrint> Talk(
        Process process,
        SlurmCall call,
        StringBuilder errors,
        CancellationToken cancel
    )
    {
        var turnedAway = false;
        var writing = Feed(process, call.Input);
        var reading = process.StandardOutput.ReadToEndAsync(cancel);
        var listening = Listen();
        await Task.WhenAll(writing, reading, listening).ConfigureAwait(false);
        await process.WaitForExitAsync(cancel).ConfigureAwait(false);
        return new(await reading.ConfigureAwait(false), Text(errors), process.ExitCode, turnedAway);

        async Task Listen()
        {
            while (await process.StandardError.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
            {
                lock (errors)
                    errors.Append(line).Append('\n');
                // It sleeps at least a second now before it tries again, so that ending it here leaves nothing in doubt.
                if (!call.IsSubmission || !RefusalTexts.SaysTurnedAway(line))
                    continue;
                turnedAway = true;
                Kill(process);
            }
        }
    }

    private static async Task Feed(Process process, string? input)
    {
        try
        {
            if (input is not null)
                await process.StandardInput.BaseStream.WriteAsync(Utf8.GetBytes(input)).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; what it says of that is in its errors.
        }
    }

    private ProcessStartInfo Information(string path, SlurmCall call)
    {
        var information = new ProcessStartInfo(path, call.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
            UseShellExecute = false,
        };
        if (call.IsSubmission)
            programs.WriteForJobs(information.Environment);
        else
            programs.WriteForQuestions(information.Environment);
        return information;
    }

    private static async Task End(Process process)
    {
        Kill(process);
        // Not for its output: a grandchild may hold the pipes for as long as it likes.
        await process
            .WaitForExitAsync(CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(2))
            .ContinueWith(
                _ => { },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            )
            .ConfigureAwait(false);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
        }
        catch (Win32Exception)
        {
            // It is ending.
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
