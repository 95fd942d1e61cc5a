using System.Text.RegularExpressions;
using Expflow.Processes;

namespace Expflow.Detection;

/// <summary>Looks for the module system, for containers and for conda.</summary>
/// <param name="environment">The user's variables.</param>
/// <param name="home">The user's home; null where it isn't known.</param>
/// <param name="limit">How long a program may take to tell its version.</param>
/// <param name="root">Where the file system begins: <c>/</c> but in tests.</param>
public sealed partial class SoftwareSearch(
    IReadOnlyDictionary<string, string> environment,
    string? home,
    TimeSpan limit,
    string root = "/"
)
{
    private readonly ProgramSearch programs = new(environment.GetValueOrDefault("PATH"));

    /// <summary>Lmod or Environment Modules. The command itself is a function of the shell's, so that variables and start-up files tell of it.</summary>
    public Finding<Software> Modules()
    {
        if (Variable("LMOD_CMD") is { } lmod)
            return Found("Lmod", Variable("LMOD_VERSION"), lmod);
        if (Variable("MODULES_CMD") is { } command)
            return Found("Environment Modules", Variable("MODULES_VERSION") ?? Variable("MODULE_VERSION"), command);
        if (Variable("MODULESHOME") is { } folder)
            return folder.Contains("lmod", StringComparison.OrdinalIgnoreCase)
                ? Found("Lmod", Variable("LMOD_VERSION"), folder)
                : Found("Environment Modules", Variable("MODULE_VERSION"), folder);
        foreach (
            var (name, file) in (ReadOnlySpan<(string, string)>)
                [
                    ("Lmod", "usr/share/lmod/lmod/init/bash"),
                    ("Lmod", "etc/profile.d/lmod.sh"),
                    ("Lmod", "etc/profile.d/z00_lmod.sh"),
                    ("Environment Modules", "usr/share/modules/init/bash"),
                    ("Environment Modules", "usr/share/Modules/init/bash"),
                    ("Environment Modules", "etc/profile.d/modules.sh"),
                ]
        )
            if (File.Exists(Path.Combine(root, file)))
                return Found(name, null, Path.Combine(root, file));
        return new Finding<Software>.Absent("neither Lmod nor Environment Modules");
    }

    /// <summary>Apptainer, or Singularity.</summary>
    public Finding<Software> Containers() =>
        OnPath("apptainer", "singularity")
        ?? new Finding<Software>.Absent("neither 'apptainer' nor 'singularity' in PATH; a module may bring one");

    /// <summary>Conda; or mamba, which does the same.</summary>
    public Finding<Software> Conda()
    {
        foreach (var file in CondaFiles())
            if (ProgramSearch.IsExecutable(file))
                return Found(Path.GetFileName(file), CondaVersion(file), file);
        return OnPath("mamba", "micromamba")
            ?? new Finding<Software>.Absent(
                "no 'conda' in PATH, in $CONDA_EXE or in its usual folders; a module may bring one"
            );
    }

    private IEnumerable<string> CondaFiles()
    {
        if (programs.Find("conda", "/") is { } found)
            yield return found;
        if (Variable("CONDA_EXE") is { } named)
            yield return named;
        foreach (var name in (string[])["miniforge3", "miniconda3", "mambaforge", "anaconda3"])
            if (home is not null)
                yield return Path.Combine(home, name, "bin/conda");
        foreach (var folder in (string[])["opt/conda", "usr/local/conda"])
            yield return Path.Combine(root, folder, "bin/conda");
    }

    // To ask conda itself takes it a second: it starts Python. Its own package is written down beside it.
    private static string? CondaVersion(string file)
    {
        try
        {
            var target = new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file;
            var packages = Path.Combine(Path.GetDirectoryName(target)!, "../conda-meta");
            return Directory.Exists(packages)
                ? Directory
                    .EnumerateFiles(packages, "conda-*.json")
                    .Select(path => CondaPackage().Match(Path.GetFileName(path)))
                    .FirstOrDefault(match => match.Success)
                    ?.Groups[1]
                    .Value
                : null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Finding<Software>? OnPath(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (programs.Find(name, "/") is { } file)
                return Found(name, VersionOf(file), file);
        return null;
    }

    private string? VersionOf(string file)
    {
        using var asked = Inquiry.Start(file, ["--version"], new(environment));
        return
            asked is not null
            && asked.IsOver(limit)
            && asked.Answer() is (0, var said)
            && Number().Match(said) is { Success: true } number
            ? number.Value
            : null;
    }

    private string? Variable(string name) =>
        environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private static Finding<Software>.Known Found(string name, string? version, string where) =>
        new(new(name, version, where));

    [GeneratedRegex(@"^conda-(\d[\w.]*)-")]
    private static partial Regex CondaPackage();

    [GeneratedRegex(@"\d+\.\d[\w.-]*")]
    private static partial Regex Number();
}
