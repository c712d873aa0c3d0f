namespace Torch.Cli.Tests;

public sealed class ProgressLineTests
{
    [Fact]
    public void A_bar_is_drawn_again_in_its_line_and_wiped_before_the_result()
    {
        var screen = new Screen(isScreen: true);
        var bar = new ProgressLine(screen.Terminal);
        bar.Show(0.5, "position 15,000");
        bar.Show(1, "done");
        bar.Clear();
        var line = "[###############...............]   50 %  position 15,000";
        screen.Errors.ShouldBe(
            $"\r{line}\r{"[##############################]  100 %  done".PadRight(line.Length)}\r{new string(' ', 45)}\r"
        );
        screen.Output.ShouldBe("");
    }

    [Fact]
    public void Where_nobody_looks_nothing_is_drawn()
    {
        var screen = new Screen();
        var bar = new ProgressLine(screen.Terminal);
        bar.Show(0.5, "position 15,000");
        bar.Clear();
        screen.Errors.ShouldBe("");
    }
}
