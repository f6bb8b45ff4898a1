/**
 * The completion script of each shell. It calls `vms __complete`, which prints one candidate per line, a tab and a
 * description; `:files` and `:commands` are left to the shell.
 *
 * No library fits: the scripts of @bomb.sh/tab, which supports commander 15, pass what was typed to `eval`, never
 * complete files, and need the package bash-completion.
 */
export const scripts: Readonly<Record<string, string>> = {
  bash: `# Completion of vms for bash.
_vms() {
  local line cur=\${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files)
        compopt -o filenames 2>/dev/null
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "\${cur#=}") ;;
      :commands)
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -c -- "$cur") ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <(vms __complete --line -- "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}
complete -F _vms vms
`,
  zsh: `#compdef vms
# Completion of vms for zsh.
_vms() {
  local line files commands
  local -a values
  while IFS= read -r line; do
    case $line in
      :files) files=1 ;;
      :commands) commands=1 ;;
      *) values+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done < <(vms __complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( $#values )) && _describe -t values vms values
  if [[ -n $files ]]; then compset -P '--*='; _files; fi
  [[ -n $commands ]] && _command_names -e
  return 0
}
if [[ $funcstack[1] == _vms ]]; then _vms "$@"; else compdef _vms vms; fi
`,
  fish: `# Completion of vms for fish.
function __vms_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  for line in (vms __complete -- $words[2..-1] "$current" 2>/dev/null)
    switch $line
      case :files
        __fish_complete_path "$current"
      case :commands
        __fish_complete_command
      case '*'
        printf '%s\\n' $line
    end
  end
end
complete -c vms -f -a '(__vms_complete)'
`,
};
