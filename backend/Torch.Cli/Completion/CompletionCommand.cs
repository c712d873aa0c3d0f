using System.CommandLine;

namespace Torch.Cli.Completion;

/// <summary><c>source &lt;(torch completion bash)</c>: a shell asks torch itself what may follow.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _torch() {
          local IFS=$'\n' words
          words=$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
          COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _torch torch
        """;

    private const string Zsh = """
        #compdef torch
        _torch() {
          local -a found
          found=("${(@f)$(torch "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          compadd -- $found
        }
        compdef _torch torch
        """;

    private const string Fish = """
        function __torch
          set -l line (commandline -cp)
          torch "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c torch -f -a '(__torch)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName torch -ScriptBlock {
          param($word, $ast, $position)
          torch "[suggest:$position]" "$ast" | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or powershell." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "powershell");
        var command = new Command("completion", "Print what a shell needs to complete torch's words.")
        {
            shell,
        }.WithJson();
        command.SetAction(
            async (parsed, _) =>
            {
                var (name, script) = (parsed.GetValue(shell)!, Script(parsed.GetValue(shell)!));
                await parsed.SayAsync(new { shell = name, script }, script);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static string Script(string shell) =>
        shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            _ => PowerShell,
        };
}
