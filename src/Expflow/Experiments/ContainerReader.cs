using Expflow.Documents;

namespace Expflow.Experiments;

/// <summary>Reads <c>container</c>: an image, or a map with one.</summary>
internal static class ContainerReader
{
    public static ContainerSpec? Read(MapReader environment)
    {
        if (environment["container"] is not DocumentNode.Map map)
            return environment.Text("container") is { } image && Checked(environment, "container", image)
                ? new(image)
                : null;
        var reader = new MapReader(map, ExperimentKeys.Container, environment.Problems);
        var named = reader.Text("image");
        if (named is null && reader["image"] is null)
            reader.Wrong(map, "'container' has no 'image'. Name a file or an address such as docker://ubuntu.");
        var found = named is not null && Checked(reader, "image", named);
        var spec = new ContainerSpec(named ?? "")
        {
            Binds = Lines(reader, "binds"),
            Overlays = Lines(reader, "overlays"),
            Gpu = reader.Truth("gpu"),
            Program = reader.Word("program", "apptainer", "singularity"),
            Options = Lines(reader, "options"),
        };
        return found ? spec : null;
    }

    private static bool Checked(MapReader reader, string key, string image)
    {
        if (!image.StartsWith('-') && !image.Any(char.IsControl))
            return true;
        reader.Wrong(reader[key]!, $"'{key}' takes an image; this is '{image.ReplaceLineEndings("⏎")}'.");
        return false;
    }

    private static List<string> Lines(MapReader reader, string key)
    {
        var lines = new List<string>();
        foreach (var scalar in reader.Texts(key) ?? [])
            if (WhyNot(key, scalar.Text) is { } why)
                reader.Wrong(scalar, why);
            else
                lines.Add(scalar.Text);
        return lines;
    }

    private static string? WhyNot(string key, string text) =>
        text.Length == 0 || text.Any(char.IsControl)
            ? $"'{key}' takes one of them each; this one is empty or goes over a line's end."
        : key == "options" && !text.StartsWith('-')
            ? $"'{text}' is no option. Write an option and its value as one: '--home=/tmp'."
        : key != "options" && text.StartsWith('-') ? $"'{text}' is an option. Move it to 'options'."
        : null;
}
