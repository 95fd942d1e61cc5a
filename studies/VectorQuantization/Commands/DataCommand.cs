using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using VectorQuantization.Formats;
using VectorQuantization.Problems;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark data fashion-mnist</c>: finds a data set or gets it.</summary>
internal static class DataCommand
{
    private const string Description = """
        Find a data set or get it, and check that it is what everybody has.

        fashion-mnist comes from Debian's package dataset-fashion-mnist: root installs it, others get it unpacked into their cache folder.
        """;

    public static Command Create(Composition with)
    {
        var name = new Argument<string>("NAME") { Description = FashionMnist.Name };
        name.AcceptOnlyFromAmong(FashionMnist.Name);
        var command = new Command("data", Description) { name };
        command.SetAction(
            async (_, stop) =>
            {
                if (FashionMnist.Find(with.Variable) is null)
                    await GetAsync(with, stop);
                var folder = FashionMnist.Require(with.Variable);
                FashionMnist.Check(folder);
                await with.Out.WriteLineAsync($"{FashionMnist.Name}: {folder} (SHA-256 as it must be)");
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task GetAsync(Composition with, CancellationToken stop)
    {
        await with.Error.WriteLineAsync($"getting Debian's package {FashionMnist.Package} (31 MB)");
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("apt-get", ["install", "--yes", FashionMnist.Package], "/", with, stop);
            return;
        }
        var target = FashionMnist.UserFolder(with.Variable);
        var draft = Directory.CreateDirectory($"{target}.draft").FullName;
        try
        {
            await RunAsync("apt-get", ["download", FashionMnist.Package], draft, with, stop);
            await RunAsync("dpkg-deb", ["-x", Directory.GetFiles(draft, "*.deb")[0], draft], draft, with, stop);
            Directory.CreateDirectory(target);
            foreach (var file in Directory.GetFiles(draft + FashionMnist.SystemFolder))
                File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }
        finally
        {
            Directory.Delete(draft, recursive: true);
        }
    }

    private static async Task RunAsync(
        string program,
        string[] arguments,
        string folder,
        Composition with,
        CancellationToken stop
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(stop);
            await process.StandardOutput.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            if (process.ExitCode != 0)
                throw ByHand(
                    $"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}: {(await errors).Trim()}",
                    with
                );
        }
        catch (Win32Exception)
        {
            throw ByHand($"'{program}' is not on this machine, which is no Debian.", with);
        }
    }

    private static BadInputException ByHand(string problem, Composition with) =>
        new(
            $"{problem} Where there is a Debian, 'apt-get download {FashionMnist.Package}' and 'dpkg-deb -x' give the files; put the "
                + $"two *-images-idx3-ubyte.gz into '{FashionMnist.UserFolder(with.Variable)}'."
        );
}
