// Drivers of ToolHive's authorization server for the engine lab.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
)

// line is one question: what does the server do with a document, or with a redirect URI that a request sends?
type line struct {
	ID          string  `json:"id"`
	URL         string  `json:"url"`
	Body        []byte  `json:"body"`
	RedirectURI *string `json:"redirectUri"`
}

type answer struct {
	ID      string `json:"id"`
	Outcome string `json:"outcome"`
	Message string `json:"message"`
}

const longestMessage = 300

// answerAll reads questions, one a line, to the end of standard input.
func answerAll(decide func(line) (outcome, message string)) error {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	lines, answers := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		text, end := lines.ReadBytes('\n')
		if len(text) > 1 {
			var asked line
			if err := json.Unmarshal(text, &asked); err != nil {
				return err
			}
			if err := answers.Encode(caught(decide, asked)); err != nil {
				return err
			}
		}
		if end == io.EOF {
			return nil
		}
		if end != nil {
			return end
		}
	}
}

func caught(decide func(line) (string, string), asked line) (given answer) {
	defer func() {
		if panicked := recover(); panicked != nil {
			given = answer{ID: asked.ID, Outcome: "crashed", Message: fmt.Sprint(panicked)}
		}
		if runes := []rune(given.Message); len(runes) > longestMessage {
			given.Message = string(runes[:longestMessage])
		}
	}()
	outcome, message := decide(asked)
	return answer{ID: asked.ID, Outcome: outcome, Message: message}
}
