using System.Diagnostics;

namespace Expflow.ClusterTests;

/// <summary>A program that has ended, and what it said.</summary>
public sealed record Ended(int Code, string Out, string Error)
{
    public string All => $"exit {Code}\n{Out}\n{Error}";

    /// <summary>Its standard output without the last line end; a program that failed is a failure of the test.</summary>
    public string Text =>
        Code == 0 ? Out.TrimEnd() : throw new InvalidOperationException($"It was to succeed, and said:\n{All}");

    /// <summary>Runs a program to its end, with nothing on its standard input. After <paramref name="seconds"/> it is killed, and that is a failure.</summary>
    public static async Task<Ended> Of(ProcessStartInfo start, double seconds = 120)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (said, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"'{start.FileName} {string.Join(' ', start.ArgumentList)}' hangs. It said:\n{await said}\n{await error}"
            );
        }
        return new(process.ExitCode, await said, await error);
    }
}
